/** One measured thing: its figure, the bar it is held against, and whether it holds. */
export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly bar: string;
  readonly holds: boolean;
  /** What the figure is made of, for a reader. */
  readonly detail: string;
}

/** A row that is to reach at least, or at most, its bar. */
export function row(
  name: string,
  value: number,
  unit: string,
  bar: { least: number } | { most: number },
  detail: string,
): Row {
  const rounded = Number(value.toPrecision(4));
  const holds = 'least' in bar ? rounded >= bar.least : rounded <= bar.most;
  return { name, value: rounded, unit, bar: 'least' in bar ? `≥ ${bar.least}` : `≤ ${bar.most}`, holds, detail };
}

/** A figure that is held against no bar, for comparison. */
export function figure(name: string, value: number, unit: string, detail: string): Row {
  return { name, value: Number(value.toPrecision(4)), unit, bar: 'none', holds: true, detail };
}

/** The middle one. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** The value that this share of all stays at or under (nearest rank). */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** The rows as a table, one line each. */
export function table(rows: readonly Row[]): string {
  const cells = rows.map(({ name, value, unit, bar, holds, detail }) => [
    name,
    `${value} ${unit}`.trim(),
    bar,
    bar === 'none' ? '' : holds ? 'holds' : 'falls short',
    detail,
  ]);
  const all = [['what', 'measured', 'bar', '', 'made of'], ...cells];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((line) => (line[column] ?? '').length)));
  return all.map((line) => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n');
}
