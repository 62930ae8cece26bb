import { defineIdentifier, maskAllBut, scopedKey } from '../identifier.js';
import { isPlaceholder } from '../normalise/placeholder.rules.js';

/** A browser or an app; it carries anonymous records to the one person who is known on it, and joins no two people. */
export default defineIdentifier({
  kind: 'device',
  class: 'device',
  describe: 'The anonymous id of a browser or app; each source has its own.',
  scoped: true,
  maxPeoplePerValue: 1,
  maxValuesPerPerson: 50,
  weight: 12,
  normalise(raw, { scope }) {
    const id = raw.trim().replace(/^"(.*)"$/, '$1');
    if (id.length > 256) return { unusable: 'is too long for a device id' };
    if (id.length < 4 || isPlaceholder(id) || /^[0-]+$/.test(id)) return { unusable: 'stands for no device' };
    return { key: scopedKey(scope, id), near: [] };
  },
  mask: (key) => maskAllBut(4, key),
});
