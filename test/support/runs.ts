/** Whether everything is told that takes minutes. */
export const isLongRun = process.env['FOYER_LONG'] === '1';

/** How often a property is tried: all of them in the long run (FOYER_LONG=1), a hundredth in `npm test`. */
export function runs(full: number): number {
  return isLongRun ? full : Math.max(1, Math.ceil(full / 100));
}

/** A story that takes minutes and that others of its file stand for in `npm test`, which counts it as skipped: it is told in the long run. */
export const longStory = isLongRun ? it : it.skip;
