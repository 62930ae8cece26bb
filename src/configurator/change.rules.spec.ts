import { changeBetween } from './change.rules.js';

const option = (code: string): { group: string; code: string; label: string; price: null } => ({
  ...{ group: 'extras', code, label: code, price: null },
});
const eur = (amountMinor: number): { amountMinor: number; currency: string } => ({ amountMinor, currency: 'EUR' });

describe('what changed between two sights', () => {
  it('is what was added and removed, and the price before and after', () => {
    const before = { options: [option('roof'), option('tow-bar')], total: eur(4_050_000) };
    const after = { options: [option('tow-bar'), option('heating')], total: eur(4_010_000) };
    expect(changeBetween(before, after)).toEqual({
      added: [option('heating')],
      removed: [option('roof')],
      totalBefore: eur(4_050_000),
      totalAfter: eur(4_010_000),
    });
  });

  it('is nothing but the price when the options stayed', () => {
    const seen = { options: [option('roof')], total: eur(1) };
    expect(changeBetween(seen, seen)).toMatchObject({ added: [], removed: [] });
  });
});
