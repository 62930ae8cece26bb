import { leastShared, sameHome } from '../household/household.rules.js';
import { compareAreas, compareBirths, comparePhones } from '../evidence/compare-fields.rules.js';
import { compareNames } from '../evidence/compare-names.rules.js';
import { mostOf } from '../evidence/levels.rules.js';
import type { Model } from '../evidence/model.js';
import { inOrder } from '../evidence/order.rules.js';
import type { Profile } from '../evidence/profile.rules.js';

/** The most that the evidence of two records can come to, as far as it has been looked at. */
interface Bound {
  /** What only one person has, and what a household may share, in bits. */
  own: number;
  shared: number;
  /** Things of a home that can be the same thing. */
  homes: number;
}

/**
 * Whether two records can be neither likely one person nor of one household, by what is cheap to compare; most pairs that meet by weak keys are
 * such. The rest of them, mail boxes and streets foremost, is taken to agree as well as it can.
 */
export function areFarApart(one: Profile, other: Profile, model: Model): boolean {
  const [a, b] = inOrder(one, other);
  const bound = { own: 0, shared: 0, homes: 0 };
  boundNames(bound, a, b, model);
  boundPerson(bound, a, b, model);
  boundContacts(bound, a, b, model);
  boundHome(bound, a, b, model);
  return bound.own + Math.min(bound.shared, model.householdCap) < model.possible && bound.homes < leastShared;
}

function boundNames(bound: Bound, a: Profile, b: Profile, model: Model): void {
  if (!a.name || !b.name || a.name.given.length === 0 || b.name.given.length === 0)
    bound.own += Math.max(0, mostOf(model, 'box'));
  if (!a.name || !b.name) return;
  const { given, family, swapped } = compareNames(a.name, b.name);
  if (given) bound.own += mostOf(model, 'given', [given]);
  if (swapped) bound.own += mostOf(model, 'names');
  if (a.name.generation !== undefined || b.name.generation !== undefined)
    bound.own += Math.max(0, mostOf(model, 'generation'));
  if (!family) return;
  bound.shared += mostOf(model, 'family', [family]);
  if (sameHome['family']?.has(family)) bound.homes += 1;
}

function boundPerson(bound: Bound, a: Profile, b: Profile, model: Model): void {
  if (a.birth && b.birth) bound.own += mostOf(model, 'birth', [compareBirths(a.birth, b.birth)]);
  else if (a.misdate !== undefined || b.misdate !== undefined)
    bound.own += Math.max(0, mostOf(model, 'birth', ['slip']));
  if (a.nationalId !== undefined && b.nationalId !== undefined)
    bound.own += mostOf(model, 'nationalId', [a.nationalId === b.nationalId ? 'exact' : 'differs']);
  if (a.devices.some((device) => b.devices.includes(device))) bound.own += mostOf(model, 'device');
  bound.own += Math.max(0, mostOf(model, 'relatives'));
}

const unequalMails = ['near', 'slip', 'sameBox', 'rough', 'differs'];

function boundContacts(bound: Bound, a: Profile, b: Profile, model: Model): void {
  if (a.emails.length > 0 && b.emails.length > 0) {
    const isOne = a.emails.some((mail) => b.emails.includes(mail));
    bound.shared += mostOf(model, 'mail', isOne ? ['exact'] : unequalMails);
    if (isOne) bound.homes += 1;
  }
  if (a.phones.length === 0 || b.phones.length === 0) return;
  const level = comparePhones(a.phones, b.phones);
  bound.shared += mostOf(model, 'phone', [level]);
  if (level === 'exact') bound.homes += 1;
}

const oneNumber = ['exact', 'close', 'sameNumber', 'differs'];
const unequalNumbers = ['noNumber', 'nearNumber', 'sameStreet', 'differs'];

function boundHome(bound: Bound, a: Profile, b: Profile, model: Model): void {
  const area = compareAreas(a, b);
  if (area) bound.shared += mostOf(model, 'area', [area]);
  if (!a.street || !b.street) return;
  const isOneNumber = a.street.number !== '' && a.street.number === b.street.number;
  bound.shared += mostOf(model, 'street', isOneNumber ? oneNumber : unequalNumbers);
  if (isOneNumber) bound.homes += 1;
}
