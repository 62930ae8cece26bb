import { momentIn } from './time.js';

it.each([
  ['Europe/Berlin', '2026-03-10T14:30', '2026-03-10T13:30:00.000Z'],
  ['Europe/Berlin', '2026-07-10T14:30', '2026-07-10T12:30:00.000Z'],
  ['Europe/Berlin', '2026-03-29T03:00', '2026-03-29T01:00:00.000Z'],
  ['America/New_York', '2026-03-08T03:30', '2026-03-08T07:30:00.000Z'],
  ['Asia/Kolkata', '2026-03-10T00:15', '2026-03-09T18:45:00.000Z'],
])('knows when the clocks of %s show %s', (zone, shown, moment) => {
  expect(momentIn(zone, shown).toISOString()).toBe(moment);
});
