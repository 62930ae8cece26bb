import { defineIdentifier, maskAllBut, scopedKey } from '../identifier.js';
import { isPlaceholder } from '../normalise/placeholder.rules.js';

/** A signed-in user of one shop, compared exactly and only within that shop. */
export default defineIdentifier({
  kind: 'account',
  class: 'personal',
  describe: 'The user id of a login; each source has its own.',
  scoped: true,
  maxPeoplePerValue: 2,
  maxValuesPerPerson: 2,
  weight: 44,
  normalise(raw, { scope }) {
    const id = raw.trim().replace(/^"(.*)"$/, '$1');
    if (id.length > 256) return { unusable: 'is too long for a user id' };
    if (isPlaceholder(id) && !/^\d$/.test(id)) return { unusable: 'stands for no user' };
    return { key: scopedKey(scope, id), near: [] };
  },
  mask: (key) => maskAllBut(3, key),
});
