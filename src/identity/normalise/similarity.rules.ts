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

/** Edits that turn one text into the other, a swap of neighbours counting one; gives up above `limit`. */
export function editDistance(a: string, b: string, limit: number): number {
  if (a === b) return 0;
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  const width = b.length + 1;
  let [before, previous, row] = [new Uint8Array(width), new Uint8Array(width), new Uint8Array(width)];
  for (let j = 0; j < width; j++) previous[j] = Math.min(j, 255);
  for (let i = 1; i <= a.length; i++) {
    row[0] = i;
    let least = i;
    for (let j = 1; j < width; j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let cost = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + (same ? 0 : 1));
      const swapped =
        i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1);
      if (swapped) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row[j] = cost;
      if (cost < least) least = cost;
    }
    if (least > limit) return limit + 1;
    [before, previous, row] = [previous, row, before];
  }
  return Math.min(previous[b.length] ?? 0, limit + 1);
}
