import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { defineIdentifier } from '../identifier.js';
import { isFillerNumber, isPlaceholder } from '../normalise/placeholder.rules.js';

/** A phone number, compared as E.164; the last nine digits count as near, for numbers noted without their country. */
export default defineIdentifier({
  kind: 'phone',
  class: 'contact',
  describe: 'A phone number, read with the country of the record.',
  scoped: false,
  maxPeoplePerValue: 2,
  maxValuesPerPerson: 5,
  weight: 26,
  normalise(raw, { country }) {
    if (isPlaceholder(raw)) return { unusable: 'stands for no number' };
    const home = country !== undefined && isSupportedCountry(country) ? country : undefined;
    const text = raw.trim().replace(/^00(?=[1-9])/, '+');
    const number = parsePhoneNumberFromString(
      text,
      home ? { defaultCountry: home, extract: false } : { extract: false },
    );
    if (!number?.isPossible()) return { unusable: 'is no phone number of that country' };
    const digits = number.number.slice(1);
    if (isFillerNumber(number.nationalNumber) || /(\d)\1{6,}$/.test(digits)) {
      return { unusable: 'is a made-up number' };
    }
    return { key: number.number, near: [digits.slice(-9)] };
  },
  mask(key) {
    return `… ${key.slice(-4, -2)} ${key.slice(-2)}`;
  },
});
