import { toCrockford, withCheck } from '../shared/crockford.js';
import { randomOctets } from '../shared/ids.js';

/** A fresh code: 40 random bits and a check character. It always holds a letter, so that no card number looks like one. */
export function freshConfigurationCode(): string {
  for (;;) {
    const code = withCheck(toCrockford(randomOctets(5)));
    if (/[A-Z]/.test(code)) return code;
  }
}
