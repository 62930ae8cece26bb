/** What shops send when nobody is signed in; taken as an id it would make one person of all their visitors. */
const nobody = new Set(['', 'null', 'undefined', 'nan', 'none', 'nil', 'anonymous', 'guest', '[object object]', '{}']);

/**
 * The id of a person as a shop knows her: numbers become text, quotation marks of a twice-encoded value are taken off.
 * Undefined when it names nobody.
 */
export function personId(value: unknown): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : undefined;
  if (typeof value !== 'string') return undefined;
  const text = plain.test(value) ? value : unquoted(value.trim()).replaceAll('\0', '').toWellFormed();
  return nobody.has(text.toLowerCase()) || text.length > longest ? undefined : text;
}

const longest = 256;

/** Most ids are letters and digits, of which nothing has to be taken off. */
const plain = /^[\w-]+$/;

function unquoted(text: string): string {
  const inner = /^"(.*)"$/s.exec(text)?.[1];
  return inner === undefined ? text : inner.replaceAll('\\"', '"').trim();
}

/** The id of a row to whose person its file gives none: the same for the same description, and no number that anybody bears. */
export function rowId(digest: string): string {
  return `row-${digest.slice(0, 22)}`;
}

/** Whether an id was made by `rowId`. */
export function isRowId(id: string): boolean {
  return /^row-[\w-]{22}$/.test(id);
}
