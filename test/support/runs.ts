/** How often a property is tried: all of them in the long run (FOYER_LONG=1), a hundredth in `npm test`. */
export function runs(full: number): number {
  return process.env['FOYER_LONG'] === '1' ? full : Math.max(1, Math.ceil(full / 100));
}
