import { byReason, isOpenMatter } from './withheld.rules.js';

describe('what is kept back', () => {
  it('is told by its reasons, each once, with every kind of thing that it keeps back', () => {
    const withheld = [
      { field: 'purchases', reason: 'Ask finance.' },
      { field: 'headline', reason: 'Not wanted.' },
      { field: 'interests', reason: 'Not wanted.' },
      { field: 'purchases', reason: 'Ask finance.' },
    ];
    expect(byReason(withheld)).toEqual([
      { reason: 'Ask finance.', fields: ['purchases'] },
      { reason: 'Not wanted.', fields: ['headline', 'interests'] },
    ]);
  });

  it('is an open matter only where a department keeps one', () => {
    expect(isOpenMatter({ field: 'openMatter', reason: 'Ask finance.' })).toBe(true);
    expect(isOpenMatter({ field: 'purchases', reason: 'Ask finance.' })).toBe(false);
  });
});
