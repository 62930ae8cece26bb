import {
  compareAreas,
  compareBirths,
  compareMails,
  comparePhones,
  compareStreets,
} from '../evidence/compare-fields.rules.js';
import { compareNames } from '../evidence/compare-names.rules.js';
import { mostsOf, type Mosts } from '../evidence/levels.rules.js';
import type { Model } from '../evidence/model.js';
import { inOrder } from '../evidence/order.rules.js';
import type { Profile } from '../evidence/profile.rules.js';
import { leastShared, sameHome } from '../household/household.rules.js';

/** The most that the evidence of two records can come to. */
interface Bound {
  /** What only one person has, and what a household may share, in bits. */
  own: number;
  shared: number;
  /** Things of a home that can be the same thing. */
  homes: number;
}

/** How closely mail boxes and streets, which are dear to compare, are looked at. */
type Look = 'cheap' | 'full';

/**
 * Whether two records can be neither likely one person nor of one household; most pairs that meet by weak keys are such. Names, then mail
 * boxes and streets, are compared only where it would be enough if they agreed as well as they can.
 */
export function areFarApart(one: Profile, other: Profile, model: Model): boolean {
  const [a, b] = inOrder(one, other);
  const most = mostsOf(model);
  const rest: Bound = { own: Math.max(0, most.any['relatives'] ?? 0), shared: 0, homes: 0 };
  if (isNameless(a) || isNameless(b)) rest.own += Math.max(0, most.any['box'] ?? 0);
  boundPerson(rest, a, b, most);
  boundPlace(rest, a, b, most);
  const isFar = (named: Bound, look: Look): boolean => {
    const bound = { ...named };
    boundMails(bound, a, b, most, look);
    boundStreets(bound, a, b, most, look);
    return bound.own + Math.min(bound.shared, model.householdCap) < model.possible && bound.homes < leastShared;
  };
  if (isFar(boundAnyNames(rest, a, b, most), 'cheap')) return true;
  boundNames(rest, a, b, most);
  return isFar(rest, 'cheap') || isFar(rest, 'full');
}

/** The bound if the names were equal. */
function boundAnyNames({ own, shared, homes }: Bound, a: Profile, b: Profile, { any }: Mosts): Bound {
  const most = (field: string): number => Math.max(0, any[field] ?? 0);
  if (!a.name || !b.name) return { own, shared, homes };
  return {
    own: own + most('given') + most('names') + most('generation'),
    shared: shared + most('family'),
    homes: homes + 1,
  };
}

function isNameless({ name }: Profile): boolean {
  return !name || name.given.length === 0;
}

function boundNames(bound: Bound, a: Profile, b: Profile, { at, any }: Mosts): void {
  if (!a.name || !b.name) return;
  const { given, family, swapped } = compareNames(a.name, b.name);
  if (given) bound.own += weightAt(at, 'given', given);
  if (swapped) bound.own += any['names'] ?? 0;
  bound.own += Math.max(0, any['generation'] ?? 0);
  if (family) bound.shared += weightAt(at, 'family', family);
  if (family && sameHome['family']?.has(family)) bound.homes += 1;
}

function boundPerson(bound: Bound, a: Profile, b: Profile, { at, any }: Mosts): void {
  if (a.birth && b.birth) bound.own += weightAt(at, 'birth', compareBirths(a.birth, b.birth));
  else if (a.misdate !== undefined || b.misdate !== undefined) bound.own += Math.max(0, weightAt(at, 'birth', 'slip'));
  if (a.nationalId !== undefined && b.nationalId !== undefined)
    bound.own += weightAt(at, 'nationalId', a.nationalId === b.nationalId ? 'exact' : 'differs');
  if (a.devices.some((device) => b.devices.includes(device))) bound.own += any['device'] ?? 0;
}

function boundPlace(bound: Bound, a: Profile, b: Profile, { at }: Mosts): void {
  const area = compareAreas(a, b);
  if (area) bound.shared += weightAt(at, 'area', area);
  if (a.phones.length === 0 || b.phones.length === 0) return;
  const phone = comparePhones(a.phones, b.phones);
  bound.shared += weightAt(at, 'phone', phone);
  if (phone === 'exact') bound.homes += 1;
}

const unequalMails = ['near', 'slip', 'sameBox', 'rough', 'differs'];

function boundMails(bound: Bound, a: Profile, b: Profile, { at }: Mosts, look: Look): void {
  if (a.emails.length === 0 || b.emails.length === 0) return;
  const isOne = a.emails.some((mail) => b.emails.includes(mail));
  if (isOne) bound.homes += 1;
  if (look === 'full' || isOne) bound.shared += weightAt(at, 'mail', compareMails(a.emails, b.emails));
  else bound.shared += mostAt(at, 'mail', unequalMails);
}

const oneNumber = ['exact', 'close', 'sameNumber', 'differs'];
const unequalNumbers = ['noNumber', 'nearNumber', 'sameStreet', 'differs'];

function boundStreets(bound: Bound, a: Profile, b: Profile, { at }: Mosts, look: Look): void {
  if (!a.street || !b.street) return;
  if (look === 'full') {
    const level = compareStreets(a.street, b.street);
    bound.shared += weightAt(at, 'street', level);
    if (sameHome['street']?.has(level)) bound.homes += 1;
    return;
  }
  const isOneNumber = a.street.number !== '' && a.street.number === b.street.number;
  bound.shared += mostAt(at, 'street', isOneNumber ? oneNumber : unequalNumbers);
  if (isOneNumber) bound.homes += 1;
}

function mostAt(at: Mosts['at'], field: string, levels: readonly string[]): number {
  let most = -Infinity;
  for (const level of levels) most = Math.max(most, weightAt(at, field, level));
  return most;
}

/** The most that a field weighs at a level. @throws when the level table has no such row. */
export function weightAt(at: Mosts['at'], field: string, level: string): number {
  const weight = at[field]?.[level];
  if (weight === undefined) throw new Error(`The level table has no row for ${field} ${level}.`);
  return weight;
}
