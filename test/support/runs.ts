/** Whether everything is told that takes minutes. */
export const isLongRun = process.env['FOYER_LONG'] === '1';

/** How often a property is tried: all of them in the long run (FOYER_LONG=1), a hundredth in `npm test`. */
export function runs(full: number): number {
  return isLongRun ? full : Math.max(1, Math.ceil(full / 100));
}

/** Whether FOYER_COMMANDS says with how many commands the story of many at work at once is told, as in FOYER_COMMANDS=100000 (half an hour). */
export const isCommandCountGiven = process.env['FOYER_COMMANDS'] !== undefined;

/** With how many commands it is told: 50 in `npm test`, 5,000 in the long run, or as many as are asked for. */
export const commandCount = isCommandCountGiven ? Number(process.env['FOYER_COMMANDS']) : runs(5000);

/** A story that takes minutes and that others of its file stand for in `npm test`, which counts it as skipped: it is told in the long run. */
export const longStory = isLongRun ? it : it.skip;
