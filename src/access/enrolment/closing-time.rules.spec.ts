import { whyNotClosing } from './closing-time.rules.js';

describe('a closing time', () => {
  it.each(['00:00', '01:00', '04:59'])(
    '%s belongs to the next day and is refused with what to give instead',
    (time) => {
      expect(whyNotClosing(time)).toBe(`A store's day ends at midnight: for one that closes at ${time} give 23:59.`);
    },
  );

  it.each(['05:00', '20:00', '23:59'])('%s is one', (time) => {
    expect(whyNotClosing(time)).toBeUndefined();
  });
});
