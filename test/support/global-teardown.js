import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../node_modules/.cache/foyer-test');

/** Stops the PostgreSQL that test files shared, unless another run still uses it; its folder stays, so that the next run starts faster. */
export default function teardown() {
  const postmaster = join(folder, 'data/postmaster.pid');
  if (!existsSync(postmaster) || isShared()) return;
  tell(Number(readFileSync(postmaster, 'utf8').split('\n')[0]), 'SIGINT');
}

/** Members sign in with a file whose name begins with their pid; this process is one of them when tests ran in it. */
function isShared() {
  const members = join(folder, 'members');
  const pids = existsSync(members) ? readdirSync(members).map((name) => Number.parseInt(name, 10)) : [];
  return pids.some((pid) => pid !== process.pid && tell(pid, 0));
}

/** Signals a process; false when it is gone. */
function tell(pid, signal) {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
    return false;
  }
}
