/** Jaro-Winkler similarity, 0 to 1 (Winkler 1990; prefix scale 0.1, at most 4 letters). */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1;
  const [la, lb] = [a.length, b.length];
  if (la === 0 || lb === 0) return 0;
  const { matches, swaps } = Math.max(la, lb) <= 31 ? matchesOfShort(a, b) : matchesOf(a, b);
  return boosted((matches / la + matches / lb + (matches - swaps / 2) / matches) / 3, a, b, matches);
}

/** Winkler's part: what both begin with speaks for them. */
function boosted(jaro: number, a: string, b: string, matches: number): number {
  if (matches === 0) return 0;
  return jaro + prefixOf(a, b) * 0.1 * (1 - jaro);
}

function prefixOf(a: string, b: string): number {
  let prefix = 0;
  while (prefix < 4 && prefix < a.length && prefix < b.length && a.charCodeAt(prefix) === b.charCodeAt(prefix))
    prefix++;
  return prefix;
}

/** How far from its place a letter may stand to count as the same one. */
function reachOf(a: string, b: string): number {
  return Math.max(0, (Math.max(a.length, b.length) >> 1) - 1);
}

function matchesOf(a: string, b: string): { matches: number; swaps: number } {
  const reach = reachOf(a, b);
  const taken = new Uint8Array(b.length);
  const matchedA: number[] = [];
  for (let i = 0; i < a.length; i++) {
    const end = Math.min(b.length, i + reach + 1);
    for (let j = Math.max(0, i - reach); j < end; j++) {
      if (taken[j] === 1 || a.charCodeAt(i) !== b.charCodeAt(j)) continue;
      taken[j] = 1;
      matchedA.push(a.charCodeAt(i));
      break;
    }
  }
  let swaps = 0;
  for (let j = 0, k = 0; j < b.length; j++) if (taken[j] === 1 && b.charCodeAt(j) !== matchedA[k++]) swaps++;
  return { matches: matchedA.length, swaps };
}

/** The same for at most 31 letters, which letters are taken being the bits of a number. */
function matchesOfShort(a: string, b: string): { matches: number; swaps: number } {
  const reach = reachOf(a, b);
  let [takenA, takenB, matches, swaps] = [0, 0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const letter = a.charCodeAt(i);
    const end = Math.min(b.length, i + reach + 1);
    for (let j = Math.max(0, i - reach); j < end; j++) {
      if ((takenB >> j) & 1 || letter !== b.charCodeAt(j)) continue;
      takenB |= 1 << j;
      takenA |= 1 << i;
      matches++;
      break;
    }
  }
  for (let j = 0, i = 0; j < b.length; j++) {
    if (!((takenB >> j) & 1)) continue;
    while (!((takenA >> i) & 1)) i++;
    if (a.charCodeAt(i++) !== b.charCodeAt(j)) swaps++;
  }
  return { matches, swaps };
}

/** From where on two words are alike: by edits at most, by Jaro-Winkler or by the share of letters that are the same (Dice) at least. */
export interface Alikeness {
  readonly edits: number;
  readonly jaroWinkler: number;
  readonly letters: number;
}

/** Whether two words can be alike by any of the measures, going by which letters they have at all: false is certain, and cheap. */
export function mayBeAlike(a: string, b: string, { edits, jaroWinkler: likeness, letters }: Alikeness): boolean {
  const most = Math.min(lettersAlso(a, b), lettersAlso(b, a));
  if (Math.max(a.length, b.length) - most <= edits || 2 * most >= letters * (a.length + b.length)) return true;
  return boosted((most / a.length + most / b.length + 1) / 3, a, b, most) >= likeness;
}

/** How many letters of a word are in the other one too. */
function lettersAlso(word: string, other: string): number {
  let [bits, count] = [0, 0];
  for (let at = 0; at < other.length; at++) bits |= 1 << other.charCodeAt(at);
  for (let at = 0; at < word.length; at++) count += (bits >>> word.charCodeAt(at)) & 1;
  return count;
}

/** Rows of the table of `editDistance`: most texts are short, and they are compared in great numbers. */
let rows = [new Uint8Array(64), new Uint8Array(64), new Uint8Array(64)] as const;

/** Edits that turn one text into the other, a swap of neighbours counting one; gives up above `limit`. */
export function editDistance(a: string, b: string, limit: number): number {
  if (a === b) return 0;
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  // What both begin and end with takes no edit.
  let start = 0;
  while (start < a.length && start < b.length && a.charCodeAt(start) === b.charCodeAt(start)) start++;
  let [endA, endB] = [a.length, b.length];
  while (endA > start && endB > start && a.charCodeAt(endA - 1) === b.charCodeAt(endB - 1)) {
    endA--;
    endB--;
  }
  if (endA === start || endB === start) return Math.max(endA, endB) - start;
  return distanceOfRest(a.slice(start, endA), b.slice(start, endB), limit);
}

function distanceOfRest(a: string, b: string, limit: number): number {
  const width = b.length + 1;
  if (width > rows[0].length) rows = [new Uint8Array(width), new Uint8Array(width), new Uint8Array(width)];
  let [before, previous, row]: [Uint8Array, Uint8Array, Uint8Array] = [...rows];
  for (let j = 0; j < width; j++) previous[j] = Math.min(j, 255);
  for (let i = 1; i <= a.length; i++) {
    row[0] = Math.min(i, 255);
    let least = i;
    const letter = a.charCodeAt(i - 1);
    for (let j = 1; j < width; j++) {
      const other = b.charCodeAt(j - 1);
      let cost = Math.min(
        (previous[j] as number) + 1,
        (row[j - 1] as number) + 1,
        (previous[j - 1] as number) + (letter === other ? 0 : 1),
      );
      const isSwapped = i > 1 && j > 1 && letter === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === other;
      if (isSwapped) cost = Math.min(cost, (before[j - 2] as number) + 1);
      row[j] = Math.min(cost, 255);
      if (cost < least) least = cost;
    }
    if (least > limit) return limit + 1;
    [before, previous, row] = [previous, row, before];
  }
  return Math.min(previous[b.length] as number, limit + 1);
}
