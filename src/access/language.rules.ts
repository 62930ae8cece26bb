import { languages } from '../shared/catalogue/languages.js';

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

/**
 * The language somebody of the store reads: the one her page is shown in, where Foyer speaks it, so that page and server
 * never mix; else her own; else what was asked for, or what her tablet's store speaks.
 */
export function readingLanguage(header: string | undefined, staff: string | null, tablet: string | null): string {
  const asked = preferredLanguage(header);
  const spoken = asked !== undefined && languages.has(asked) ? asked : undefined;
  return spoken ?? staff ?? asked ?? tablet ?? defaultLanguage;
}
