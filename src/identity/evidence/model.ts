import type { AreaLevel, BirthLevel, MailLevel, PhoneLevel, StreetLevel } from './compare-fields.rules.js';
import type { BoxLevel, NameLevel } from './compare-names.rules.js';

/** Two people of one family whom a careless eye takes for one. */
export type RelativeLevel = 'twins' | 'parentAndChild';

/** Weights of evidence, in bits (log2 of how much likelier one person is than two), by field and level. */
export interface Model {
  version: number;
  given: Record<NameLevel, number>;
  family: Record<NameLevel, number>;
  birth: Record<BirthLevel, number>;
  mail: Record<MailLevel, number>;
  /** What a box in two mailboxes says at most when it is only the person's name. */
  derivedBox: number;
  phone: Record<PhoneLevel, number>;
  street: Record<StreetLevel, number>;
  area: Record<AreaLevel, number>;
  nationalId: Record<'exact' | 'differs', number>;
  device: Record<'exact', number>;
  box: Record<BoxLevel, number>;
  relatives: Record<RelativeLevel, number>;
  /** Taken off for a name that many bear. */
  common: { given: number; family: number };
  /** Taken off when given and family name had to be exchanged to fit. */
  swapped: number;
  /** Jr against Sr. */
  generation: number;
  /** Together the things a household shares (family name, street, town, phone) speak at most this much. */
  householdCap: number;
  /** Evidence that only one person has counts as present from this weight on. */
  personal: number;
  /** From here on the machine joins. */
  automatic: number;
  /** What would join but that nothing in it is one person's alone stays at this. */
  unproven: number;
  /** From here on a person is asked. */
  possible: number;
}

/** The model the product ships: one for every country and every set of data. */
export const model: Model = Object.freeze({
  version: 3,
  given: { exact: 7.5, part: 1, petName: 4.5, close: 6, initial: 3, near: 1.5, slight: 0, hisAndHers: 0, differs: -5 },
  family: { exact: 8, part: 6, petName: 5, close: 6.5, initial: 1, near: 2, slight: 0, hisAndHers: 0, differs: -4 },
  birth: {
    exact: 14,
    exchanged: 8,
    slip: 7,
    twoParts: 4,
    withinMonth: 3,
    withinYear: 0.75,
    withinTenYears: -1,
    differs: -4,
    generationApart: -4,
  },
  mail: { exact: 16, near: 10, slip: 11, sameBox: 7, rough: 7, differs: -2.5 },
  derivedBox: 0.5,
  phone: { exact: 14, near: 11, slip: 8, differs: -3 },
  street: { exact: 11, close: 7, noNumber: 6, nearNumber: 3, sameStreet: 1, sameNumber: 2, differs: -2 },
  area: { exact: 7, postalCode: 5.5, locality: 2.75, slip: 2, differs: -3 },
  nationalId: { exact: 18, differs: -3 },
  device: { exact: 8 },
  relatives: { twins: -18, parentAndChild: -12 },
  box: { fullName: 9, initialAndName: 6, oneName: 3, differs: 0 },
  common: { given: 2, family: 2.5 },
  swapped: 1,
  generation: -12,
  householdCap: 18,
  personal: 2,
  automatic: 16.5,
  unproven: 15,
  possible: 15.25,
});
