import { defineIdentifier, maskAllBut } from '../identifier.js';
import { isPlaceholder } from '../normalise/placeholder.rules.js';

/** The number of a loyalty card, compared without spaces, dashes and case. */
export default defineIdentifier({
  kind: 'loyalty',
  class: 'personal',
  describe: 'The number of a loyalty card.',
  scoped: false,
  maxPeoplePerValue: 2,
  maxValuesPerPerson: 2,
  weight: 40,
  normalise(raw) {
    const key = raw
      .normalize('NFKC')
      .toUpperCase()
      .replace(/[^\p{L}\p{N}]/gu, '');
    if (isPlaceholder(raw) || /^\D*0+$/.test(key)) return { unusable: 'stands for no card' };
    if (key.length < 4 || key.length > 64) return { unusable: 'is too short or too long for a card number' };
    return { key, near: [] };
  },
  mask: (key) => maskAllBut(3, key),
});
