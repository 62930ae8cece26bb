import { noCounts } from '../ingest/import/progress.js';
import { progressLine } from './import-screen.js';

const at = (rows: number, skipped: number, bytesRead: number): string =>
  progressLine({ counts: { ...noCounts, rows }, skipped, bytesRead, size: 1000 }, 10_000);

it('tells how long an import still takes by the rows of this run', () => {
  expect(at(50, 0, 500)).toBe('50 %  50 rows  5 rows/s  10 s left');
  // Forty of fifty were in before: ten rows took ten seconds, so fifty more take fifty.
  expect(at(50, 40, 500)).toBe('50 %  50 rows  1 rows/s  50 s left');
  expect(at(40, 40, 400)).toBe('40 %  40 rows  0 rows/s  ');
});
