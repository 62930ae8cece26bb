import fc from 'fast-check';
import type { Observation, Traits } from '../../src/identity/record/observation.js';

/** The sources of a small world in which everything collides. */
export const sources = [1, 2].map((n) => ({
  id: `00000000-0000-4000-8000-00000000000${n}`,
  code: `s${n}`,
  trusted: true,
  country: 'DE',
}));

/** The few values of each kind. */
export const values: Record<string, (n: number) => string> = {
  email: (n) => `person${n}@home.example`,
  phone: (n) => `+49 160 509100${40 + n}`,
  loyalty: (n) => `L-100${n}`,
  account: (n) => `account-${n}`,
  device: (n) => `browser-${n}`,
};

const identifier = fc.record({
  kind: fc.constantFrom(...Object.keys(values)),
  n: fc.nat(3),
  asserted: fc.integer({ min: 0, max: 4 }).map((n) => n > 0),
});

const where = {
  source: fc.constantFrom(...sources),
  sourceKey: fc.nat(5).map((n) => `k${n}`),
  occurredAt: fc.nat(200).map((day) => new Date(Date.UTC(2026, 0, 1 + day))),
};

/** What one of the sources may say of one of its few people. */
export const observation: fc.Arbitrary<Observation> = fc.record({
  ...where,
  identifiers: fc
    .array(identifier, { maxLength: 3 })
    .map((list) => list.map(({ kind, n, asserted }) => ({ kind, value: values[kind]?.(n) ?? '', asserted }))),
  traits: fc.constantFrom<Traits>(
    {},
    {},
    { givenName: 'Ada' },
    { givenName: 'Bertrand' },
    { givenName: 'Ada', familyName: 'Lovelace', birthDate: '1985-12-10' },
    { givenName: 'Ada', familyName: 'Lovelase', birthDate: '1985-12-10', postalCode: '10115' },
    { name: 'Lovelace, A', street: 'Hauptstr. 12', postalCode: '10115', birthDate: '10.12.1985' },
    { name: 'Bert Lovelace', street: 'Hauptstr. 12', postalCode: '10115' },
  ),
});

/** One of them is seen on a browser, of whom nothing else is said. */
export const sighting: fc.Arbitrary<Observation> = fc.record({
  ...where,
  identifiers: fc.nat(3).map((n) => [{ kind: 'device', value: values['device']?.(n) ?? '', asserted: true }]),
  traits: fc.constant<Traits>({}),
});
