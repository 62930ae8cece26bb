import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Stops the PostgreSQL that test files shared; its folder stays, so that the next run starts faster. */
export default function teardown() {
  const file = join(import.meta.dirname, '../../node_modules/.cache/foyer-test/server.json');
  if (!existsSync(file)) return;
  const { pid } = JSON.parse(readFileSync(file, 'utf8'));
  // A file without a pid remembers the port of a server that has stopped already.
  if (pid === undefined) return;
  try {
    process.kill(pid, 'SIGINT');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
