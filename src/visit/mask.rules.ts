import { identifierKinds } from '../identity/identifier-kinds.js';

/** The parts of a name, as a record holds them. */
export interface WrittenName {
  readonly name?: string | undefined;
  readonly givenName?: string | undefined;
  readonly familyName?: string | undefined;
}

/** A name as somebody may read it who does not know yet whose it is: `Al… L…` for Alexandra Lovelace; undefined when there is none. */
export function maskName({ name, givenName, familyName }: WrittenName): string | undefined {
  const parts = [givenName, familyName].filter((part) => part?.trim()).join(' ') || name?.trim();
  if (!parts) return undefined;
  const words = parts.split(/\s+/);
  return words.map((word, index) => maskWord(word, index === words.length - 1 ? 1 : 2)).join(' ');
}

/** At most `shown` letters, and never more than half of a word. */
function maskWord(word: string, shown: number): string {
  const letters = [...word];
  return `${letters.slice(0, Math.max(1, Math.min(shown, Math.floor(letters.length / 2)))).join('')}…`;
}

/** What a masked name is made of. */
export interface Written {
  readonly names: WrittenName[] | null;
  readonly held: [string, string][] | null;
}

/** The first name that is known, masked; else what is held, masked. */
export function maskedName({ names, held }: Written): string {
  for (const name of names ?? []) {
    const found = maskName(name);
    if (found !== undefined) return found;
  }
  const [first] = held ?? [];
  return (first && identifierKinds.get(first[0])?.mask(first[1])) ?? '…';
}
