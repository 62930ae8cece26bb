import { closingOf, dayIn } from './store-day.rules.js';

describe('the day of a store', () => {
  it('turns at its own midnight, not at that of Greenwich', () => {
    const instant = new Date('2026-11-20T23:30:00Z');
    expect(dayIn('Europe/Berlin', instant)).toBe('2026-11-21');
    expect(dayIn('America/New_York', instant)).toBe('2026-11-20');
  });

  it.each([
    ['winter', '2026-11-20', 'Europe/Berlin', '2026-11-20T19:00:00.000Z'],
    ['summer', '2026-07-20', 'Europe/Berlin', '2026-07-20T18:00:00.000Z'],
    ['the day clocks go back', '2026-10-25', 'Europe/Berlin', '2026-10-25T19:00:00.000Z'],
    ['the day clocks go forward', '2026-03-29', 'Europe/Berlin', '2026-03-29T18:00:00.000Z'],
    ['west of Greenwich', '2026-11-20', 'America/New_York', '2026-11-21T01:00:00.000Z'],
    ['a half hour zone', '2026-11-20', 'Asia/Kolkata', '2026-11-20T14:30:00.000Z'],
  ])('closes at eight by its wall clock: %s', (_, day, zone, expected) => {
    expect(closingOf(day, '20:00', zone).toISOString()).toBe(expected);
  });
});
