import { defineIdentifier, maskAllBut, scopedKey } from '../identifier.js';
import { isPlaceholder } from '../normalise/placeholder.rules.js';

/** A customer number of one department's system; departments keep duplicates, so one person may hold several. */
export default defineIdentifier({
  kind: 'crm',
  class: 'personal',
  describe: 'The customer number of one department; each source has its own.',
  scoped: true,
  maxPeoplePerValue: 2,
  maxValuesPerPerson: 20,
  weight: 42,
  normalise(raw, { scope }) {
    const id = raw.trim().toLowerCase();
    if (id.length > 256) return { unusable: 'is too long for a customer number' };
    if (isPlaceholder(id) && !/^\d$/.test(id)) return { unusable: 'stands for no customer' };
    return { key: scopedKey(scope, id), near: [] };
  },
  mask: (key) => maskAllBut(3, key),
});
