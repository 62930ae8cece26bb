import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again every `every` milliseconds until the answer is yes; false when `within` milliseconds have gone by. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  { within, every = 10 }: { within: number; every?: number },
): Promise<boolean> {
  for (let waited = 0; !(await condition()); waited += every) {
    if (waited >= within) return false;
    await sleep(every);
  }
  return true;
}
