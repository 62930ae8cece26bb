/** The middle of some numbers, or half way between the two middle ones; null of none. */
export function median(numbers: readonly number[]): number | null {
  const inOrder = [...numbers].sort((a, b) => a - b);
  const upper = inOrder[Math.floor(inOrder.length / 2)];
  const lower = inOrder[Math.ceil(inOrder.length / 2) - 1];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}
