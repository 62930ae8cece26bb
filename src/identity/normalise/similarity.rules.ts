/** Jaro-Winkler similarity, 0 to 1 (Winkler 1990; prefix scale 0.1, at most 4 letters). */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1;
  const [la, lb] = [a.length, b.length];
  if (la === 0 || lb === 0) return 0;
  const reach = Math.max(0, (Math.max(la, lb) >> 1) - 1);
  const taken = new Uint8Array(lb);
  const matchedA: number[] = [];
  for (let i = 0; i < la; i++) {
    const end = Math.min(lb, i + reach + 1);
    for (let j = Math.max(0, i - reach); j < end; j++) {
      if (taken[j] === 1 || a.charCodeAt(i) !== b.charCodeAt(j)) continue;
      taken[j] = 1;
      matchedA.push(a.charCodeAt(i));
      break;
    }
  }
  const matches = matchedA.length;
  if (matches === 0) return 0;
  let swaps = 0;
  for (let j = 0, k = 0; j < lb; j++) if (taken[j] === 1 && b.charCodeAt(j) !== matchedA[k++]) swaps++;
  const jaro = (matches / la + matches / lb + (matches - swaps / 2) / matches) / 3;
  let prefix = 0;
  while (prefix < 4 && prefix < la && prefix < lb && a.charCodeAt(prefix) === b.charCodeAt(prefix)) prefix++;
  return jaro + prefix * 0.1 * (1 - jaro);
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
