import { dayIn } from './working-day.js';

describe('the working day', () => {
  it('is the store’s, wherever the device believes to be', () => {
    const evening = Date.parse('2026-07-01T22:30:00Z');
    expect(dayIn('Europe/London', evening)).toBe('2026-07-01');
    expect(dayIn('Europe/Berlin', evening)).toBe('2026-07-02');
    expect(dayIn('America/New_York', evening)).toBe('2026-07-01');
  });
});
