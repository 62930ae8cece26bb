/** The language of last resort. */
export const defaultLanguage = 'en';

/** The primary subtag of the language an `Accept-Language` header prefers; undefined if it names none. */
export function preferredLanguage(header: string | undefined): string | undefined {
  let best: string | undefined;
  let bestWeight = 0;
  for (const range of (header ?? '').slice(0, 500).split(',')) {
    const [, tag, weight = '1'] = /^\s*([a-z]{2,3})(?:-[a-z0-9-]*)?\s*(?:;\s*q=\s*([0-9.]+))?\s*$/i.exec(range) ?? [];
    if (tag === undefined || !(Number(weight) > bestWeight)) continue;
    best = tag.toLowerCase();
    bestWeight = Number(weight);
  }
  return best;
}
