import type { RecordSeenFragment } from './graphql/graphql.js';

type Value = RecordSeenFragment['values'][number];

type Standing = 'SAME' | 'DIFFERENT' | 'ONE_SIDED';

/** Two records side by side, and how they stand by what the server knows of them. */
export interface Compared {
  readonly a: Pick<RecordSeenFragment, 'values'>;
  readonly b: Pick<RecordSeenFragment, 'values'>;
  readonly fields: readonly { readonly field: string; readonly standing: Standing }[];
}

/** One line of two records side by side. */
export interface Row {
  readonly field: string;
  readonly a: readonly Value[];
  readonly b: readonly Value[];
  readonly standing: Standing;
  /** Letters are compared only where both are seen whole. */
  readonly isMarked: boolean;
}

/** Two records field by field, in the order in which the server tells them. */
export function rowsOf({ a, b, fields }: Compared): Row[] {
  return fields.map(({ field, standing }) => {
    const [mine, theirs] = [a, b].map(({ values }) => values.filter((value) => value.field === field)) as [
      Value[],
      Value[],
    ];
    const isMarked = standing === 'DIFFERENT' && ![...mine, ...theirs].some((value) => value.isMasked);
    return { field, a: mine, b: theirs, standing, isMarked };
  });
}

function plain(text: string): string {
  return text.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim();
}

/** A text in which what the other one lacks is marked: between their common beginning and their common end. */
export function marked(text: string, other: string | undefined): { text: string; isMarked: boolean }[] {
  if (other === undefined || plain(text) === plain(other)) return [{ text, isMarked: false }];
  const [mine, theirs] = [[...text], [...other]];
  const equal = (x: string | undefined, y: string | undefined): boolean => x?.toLowerCase() === y?.toLowerCase();
  let begin = 0;
  while (begin < Math.min(mine.length, theirs.length) && equal(mine[begin], theirs[begin])) begin += 1;
  let end = 0;
  const room = Math.min(mine.length, theirs.length) - begin;
  while (end < room && equal(mine.at(-1 - end), theirs.at(-1 - end))) end += 1;
  const parts = [mine.slice(0, begin), mine.slice(begin, mine.length - end), mine.slice(mine.length - end)];
  return parts
    .map((part, index) => ({ text: part.join(''), isMarked: index === 1 }))
    .filter((part) => part.text !== '');
}

/** One bar of the waterfall: from where to where it reaches, in bits. */
export interface Bar {
  readonly text: string;
  readonly weight: number;
  readonly from: number;
  readonly to: number;
}

/** The evidence as bars, each beginning where the one before ended; the last one ends at the whole. */
export function barsOf(evidence: readonly { text: string; weight?: number | null | undefined }[]): Bar[] {
  const bars: Bar[] = [];
  let reached = 0;
  for (const { text, weight } of evidence) {
    if (!weight) continue;
    bars.push({ text, weight, from: reached, to: reached + weight });
    reached += weight;
  }
  return bars;
}
