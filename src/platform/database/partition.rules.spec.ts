import { monthsFrom } from './partition.rules.js';

describe('the months of a partitioned table', () => {
  it('begin with the present one and pass the end of a year', () => {
    expect(monthsFrom(new Date('2026-11-30T23:59:59Z'), 2).map(({ suffix }) => suffix)).toEqual([
      '2026_11',
      '2026_12',
      '2027_01',
    ]);
  });

  it('leave no gap and do not overlap', () => {
    const months = monthsFrom(new Date('2028-01-31T12:00:00Z'), 14);
    months.slice(1).forEach((month, index) => expect(month.from).toBe(months[index]?.to));
  });
});
