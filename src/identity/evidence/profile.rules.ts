import { type Street, parseLocality, parsePostalCode, parseStreet } from '../normalise/address.rules.js';
import { type Day, parseBirthDate, parseMisdate } from '../normalise/date.rules.js';
import { type PersonName, parseName } from '../normalise/name.rules.js';
import { fold } from '../normalise/text.rules.js';
import type { Traits } from '../record/observation.js';

/** A record reduced to what can be compared; absent means unknown and counts neither way. */
export interface Profile {
  name?: PersonName | undefined;
  birth?: Day | undefined;
  /** Eight digits that were meant as a birth date and cannot be one; never there together with `birth`. */
  misdate?: string | undefined;
  /** Canonical mail addresses. */
  emails: string[];
  /** Phones as E.164. */
  phones: string[];
  /** Browsers and apps. */
  devices: string[];
  /** What the mail boxes are called, letters only: "leobradley" of leo.bradley54@…. */
  boxNames: string[];
  street?: Street | undefined;
  postalCode?: string | undefined;
  locality?: string | undefined;
  nationalId?: string | undefined;
}

/** What is compared of a record: its traits, and the contact values it bears (kind and key). */
export interface ProfileSource {
  traits: Traits;
  country: string;
  identifiers: readonly { kind: string; key: string }[];
  /** The year in which the record was last seen: nobody is born later. */
  year: number;
}

function boxName(mail: string): string {
  return fold(mail.slice(0, mail.lastIndexOf('@')).replace(/\+.*$/, '')).replace(/[^a-z]/g, '');
}

/** Brings a record into comparable form. */
export function profileOf({ traits, country, identifiers, year }: ProfileSource): Profile {
  const keys = (kind: string): string[] => identifiers.filter((one) => one.kind === kind).map((one) => one.key);
  const nationalId = traits.nationalId?.toUpperCase().replace(/[^A-Z0-9]/g, '');
  const birth = parseBirthDate(traits.birthDate, country, year);
  return {
    name: parseName(traits),
    birth,
    misdate: birth ? undefined : parseMisdate(traits.birthDate),
    emails: keys('email'),
    phones: keys('phone'),
    devices: keys('device'),
    boxNames: [...new Set(keys('email').map(boxName))].filter((box) => box.length >= 3),
    street: parseStreet(traits.street),
    postalCode: parsePostalCode(traits.postalCode, country),
    locality: parseLocality(traits.locality),
    nationalId: nationalId !== undefined && nationalId.length >= 5 ? nationalId : undefined,
  };
}
