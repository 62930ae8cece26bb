import { existsSync, readFileSync } from 'node:fs';

/** Where Linux counts what its processors did, in ticks since the start (proc(5)): user, nice, system, idle, iowait, irq, softirq, steal. */
const counters = '/proc/stat';

/** What a virtual machine wanted of its processors and what its host gave to others meanwhile, in ticks; nothing elsewhere. */
export function processorTime(): { readonly wanted: number; readonly stolen: number } {
  if (!existsSync(counters)) return { wanted: 0, stolen: 0 };
  const [line = ''] = readFileSync(counters, 'utf8').split('\n');
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, stolen = 0] = line.split(/ +/).slice(1).map(Number);
  return { wanted: user + nice + system + irq + softirq + stolen, stolen };
}

/** Percent of the wanted time that the host gave to others since a moment. */
export function stolenSince(before: ReturnType<typeof processorTime>): number {
  const now = processorTime();
  return (100 * (now.stolen - before.stolen)) / Math.max(1, now.wanted - before.wanted);
}
