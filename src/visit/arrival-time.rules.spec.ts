import { after, hours, minutes } from '../shared/clock.js';
import { toldTime } from './arrival-time.rules.js';

const now = new Date('2026-11-21T12:00:00Z');

describe('when somebody arrived', () => {
  it('is now when the tablet says nothing', () =>
    expect(toldTime(undefined, now)).toEqual({ at: now, offline: false }));

  it('is what the tablet wrote down without a connection', () => {
    const then = after(now, -hours(71));
    expect(toldTime(then, now)).toEqual({ at: then, offline: true });
    expect(toldTime(after(now, -hours(72)), now)).toBeDefined();
    expect(toldTime(after(now, -hours(72) - 1), now)).toBeUndefined();
  });

  it('is never in the future, however fast the clock of a tablet goes', () => {
    expect(toldTime(after(now, minutes(5)), now)).toEqual({ at: now, offline: true });
  });
});
