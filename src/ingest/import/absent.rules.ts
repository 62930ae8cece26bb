/** What people and systems write where they have nothing to write. */
const fillers = new Set(
  `n/a na n.a. n.a none null nil undefined nan unknown unbekannt test tbd tba x xx xxx xxxx - -- --- – — . .. ... ? ?? ???
   #n/a #null! #value! (null) \\n keine k.a. k.a`.split(/\s+/),
);

/** What a cell says, without spaces around it; undefined when it says nothing: empty, N/A, -, x, test. */
export function said(cell: string | undefined): string | undefined {
  const text = cell?.trim();
  if (text === undefined || text === '') return undefined;
  return text.length <= longestFiller && fillers.has(text.toLowerCase()) ? undefined : text;
}

const longestFiller = 10;
