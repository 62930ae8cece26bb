import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** One life of a pid, `pid-start` in characters fit for a file name: a recycled pid is another life. */
export type Life = string;

/** The pid of a life. */
export const pidOf = (life: Life): number => Number.parseInt(life, 10);

/** The life a pid has now; undefined when nothing runs under it (a zombie does not run). */
export function lifeOf(pid: number): Life | undefined {
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
  try {
    const start = process.platform === 'linux' ? startOnLinux(pid) : startElsewhere(pid);
    return start === undefined ? undefined : `${pid}-${start}`;
  } catch {
    return undefined;
  }
}

/** Whether this very life still runs. */
export const isAlive = (life: Life): boolean => lifeOf(pidOf(life)) === life;

// proc_pid_stat(5): after "pid (name)", which may hold spaces, come the state (field 3) and the start in ticks since boot (22).
function startOnLinux(pid: number): string | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
  return `${fields[19]}-${bootId()}`;
}

let boot: string | undefined;

// Ticks since boot repeat after a reboot; the boot's own id does not.
function bootId(): string {
  boot ??= readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').slice(0, 8);
  return boot;
}

function startElsewhere(pid: number): string | undefined {
  const options = { encoding: 'utf8', env: { LC_ALL: 'C', PATH: '/bin:/usr/bin' } } as const;
  const [state, ...started] = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], options)
    .trim()
    .split(/\s+/);
  return state?.startsWith('Z') === false ? String(Date.parse(started.join(' '))) : undefined;
}

/** The life of the process that runs this code. */
export function ownLife(): Life {
  const life = lifeOf(process.pid);
  if (life === undefined) throw new Error(`Cannot tell when process ${process.pid} started: is /proc mounted?`);
  return life;
}
