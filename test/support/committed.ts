import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

/** Text of a file of the repository, from its root; empty when there is none. */
export function textOf(file: string): string {
  const path = join(root, file);
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

/** Expects a generated file to say what is true now; `npm run schema` (FOYER_WRITE=1) writes it instead. */
export function expectCommitted(file: string, text: string): void {
  if (process.env['FOYER_WRITE'] === '1') writeFileSync(join(root, file), text);
  expect(text).toBe(textOf(file));
}
