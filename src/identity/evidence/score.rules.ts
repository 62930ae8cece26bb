import { isCommonFamilyName, isCommonGivenName } from './common-names.js';
import {
  compareAreas,
  compareBirths,
  compareMails,
  comparePhones,
  compareStreets,
  isSlipOf,
  type MailLevel,
} from './compare-fields.rules.js';
import { type BoxLevel, compareNames, compareWithBoxes } from './compare-names.rules.js';
import type { Circumstance, Evidence } from './evidence.js';
import { agreeing, contradicting, fields, groupOf, weightOf } from './levels.rules.js';
import type { Model, RelativeLevel } from './model.js';
import { inOrder } from './order.rules.js';
import type { Profile } from './profile.rules.js';

/**
 * Compares two records field by field; what is unknown on one side says nothing. Which record is named first makes no
 * difference, because ids, and so the order of a pair, depend on the order of arrival.
 */
export function compare(one: Profile, other: Profile, model: Model): Evidence[] {
  const [a, b] = inOrder(one, other);
  const evidence: Evidence[] = [];
  const say: Say = (field, level, { under, values = [] } = {}) => {
    const weight = weightOf(model, field, level, under);
    const group = groupOf(field);
    evidence.push({ field, level, weight, group, ...(under && { under }), ...(values.length > 0 && { values }) });
  };
  compareNamesOf(a, b, model, say);
  if (a.birth && b.birth) say('birth', compareBirths(a.birth, b.birth));
  else if (isMisdated(a, b) || isMisdated(b, a)) say('birth', 'slip');
  if (a.nationalId !== undefined && b.nationalId !== undefined)
    say('nationalId', a.nationalId === b.nationalId ? 'exact' : 'differs');
  if (a.emails.length > 0 && b.emails.length > 0) {
    const level = compareMails(a.emails, b.emails);
    const values = level === 'exact' ? inBoth('email', a.emails, b.emails) : [];
    say('mail', level, { values, under: circumstanceOfMails(level, a, b, model) });
  }
  if (a.phones.length > 0 && b.phones.length > 0) {
    const level = comparePhones(a.phones, b.phones);
    say('phone', level, { values: level === 'exact' ? inBoth('phone', a.phones, b.phones) : [] });
  }
  const devices = inBoth('device', a.devices, b.devices);
  if (devices.length > 0) say('device', 'exact', { values: devices });
  const area = compareAreas(a, b);
  if (a.street && b.street) {
    const level = compareStreets(a.street, b.street);
    // Every town has its Main Street: in another town the same address is another house.
    say('street', level, { under: area === 'differs' && model.street[level] > 0 ? 'elsewhere' : undefined });
  }
  if (area) say('area', area);
  const family = familyPattern(evidence, isOneHome(a, b));
  if (family) say('relatives', family);
  return evidence;
}

/** What cannot be a birth date on one side is the other's, mistyped; two that cannot be dates say nothing. */
function isMisdated({ misdate }: Profile, { birth }: Profile): boolean {
  return misdate !== undefined && birth !== undefined && isSlipOf(misdate, birth);
}

/**
 * Twins, or parent and child of one name: all that a family shares is equal to the letter, and only what tells its
 * members apart differs (a careless record would show slips elsewhere too); or each is reached in a way of their own.
 */
function familyPattern(evidence: readonly Evidence[], isOneHome: boolean): RelativeLevel | undefined {
  const level = new Map(evidence.map((one) => [one.field, one.level]));
  const reachedApart = level.get('phone') === 'differs' || level.get('mail') === 'differs';
  if (level.get('birth') === 'generationApart' && reachedApart) return 'parentAndChild';
  if (level.get('family') !== 'exact' || level.has('names')) return undefined;
  const given = level.get('given');
  const birth = level.get('birth');
  const isReached = level.get('phone') === 'exact' || level.get('mail') === 'exact';
  const isHome = isOneHome && (level.get('street') === 'exact' || (isReached && !level.has('street')));
  const areSiblings =
    birth === 'exact' && level.get('nationalId') !== 'exact' && given !== undefined && siblings.has(given);
  if (areSiblings && (isHome || (reachedApart && given !== 'part'))) return 'twins';
  return isHome && birth === 'generationApart' && given === 'exact' ? 'parentAndChild' : undefined;
}

/** First names that brothers and sisters may have. */
const siblings = new Set(['differs', 'hisAndHers', 'part']);

/** The same town to the letter, as far as both are known. */
function isOneHome(a: Profile, b: Profile): boolean {
  const agree = (one: string | undefined, other: string | undefined): boolean =>
    one === undefined || other === undefined || one === other;
  return agree(a.postalCode, b.postalCode) && agree(a.locality, b.locality);
}

/** Notes what a field came to, under which circumstance, and the equal values it rests on. */
type Say = (field: string, level: string, more?: { under?: Circumstance | undefined; values?: string[] }) => void;

function compareNamesOf(a: Profile, b: Profile, model: Model, say: Say): void {
  if (!a.name || !b.name || a.name.given.length === 0 || b.name.given.length === 0) compareBoxesOf(a, b, model, say);
  if (!a.name || !b.name) return;
  const { given, family, swapped } = compareNames(a.name, b.name);
  if (given) {
    const isCommon = given === 'exact' && isCommonGivenName(a.name.given[0] ?? '');
    say('given', given, { under: isCommon ? 'common' : undefined });
  }
  if (family) {
    const isCommon = family === 'exact' && isCommonFamilyName(a.name.family[0] ?? '');
    say('family', family, { under: isCommon ? 'common' : undefined });
  }
  if (swapped) say('names', 'swapped');
  const [mine, theirs] = [a.name.generation, b.name.generation];
  if (mine !== undefined && theirs !== undefined && mine !== theirs) say('generation', 'differs');
}

/** Where first names cannot be compared, what a mail box is called may stand for one. */
function compareBoxesOf(a: Profile, b: Profile, model: Model, say: Say): void {
  let best: BoxLevel = 'differs';
  for (const [named, other] of [
    [a, b],
    [b, a],
  ] as const) {
    if (!named.name || named.name.given.length === 0 || (other.name?.given.length ?? 0) > 0) continue;
    const level = compareWithBoxes(named.name, other.boxNames);
    if (model.box[level] > model.box[best]) best = level;
  }
  if (best !== 'differs') say('box', best);
}

/** Whether a mail box is called what its owner is called, so that a namesake would have called his the same. */
function isNamed(a: Profile, b: Profile): boolean {
  return [a, b].some((one) => one.name !== undefined && compareWithBoxes(one.name, one.boxNames) !== 'differs');
}

function inBoth(kind: string, a: readonly string[], b: readonly string[]): string[] {
  return a.filter((one) => b.includes(one)).map((key) => `${kind} ${key}`);
}

/** A box called after its owner says no more of her than her name does, and two boxes that differ as the names do say nothing. */
function circumstanceOfMails(level: MailLevel, a: Profile, b: Profile, model: Model): Circumstance | undefined {
  if (level === 'exact' || model.mail[level] <= 0) return undefined;
  const given = a.name && b.name && compareNames(a.name, b.name).given;
  if (given !== undefined && !isAgreeing(given) && areNamedApart(a, b)) return 'apart';
  if (level === 'sameBox') return isNamed(a, b) ? 'derived' : undefined;
  // Two boxes called after their owners are as unlike as the owners' names, and another initial is another box.
  return level === 'slip' && ((isNamed(a, a) && isNamed(b, b)) || differInInitial(a, b)) ? 'apart' : undefined;
}

/** Whether the boxes are one but for the first letter, as those of a family are. */
function differInInitial(a: Profile, b: Profile): boolean {
  return a.boxNames.some((one) => b.boxNames.some((other) => one[0] !== other[0] && one.slice(1) === other.slice(1)));
}

/** Whether each box carries its owner's own first name or initial, and the rest of the two is one. */
function areNamedApart(a: Profile, b: Profile): boolean {
  const rests = (profile: Profile, length: number): string[] =>
    (profile.name?.given ?? []).flatMap((given) => {
      const word = given.slice(0, length);
      return profile.boxNames.filter((box) => box.includes(word)).map((box) => box.replace(word, ' '));
    });
  return [Infinity, 1].some((length) => {
    const theirs = rests(b, length);
    return rests(a, length).some((rest) => theirs.includes(rest));
  });
}

/** How much a value still says: all of it, half when two people share it, nothing when it is generic. */
export type Worth = (value: string) => number;

/**
 * The sum of the evidence. What a household shares speaks up to a cap; without anything that only one person has it is
 * never enough, nor are one name and a birth date where the other name differs. Two first names that contradict make two
 * people of one home, or of one browser, unless a birth date or an identity number says otherwise; a contact that two
 * people share does not speak for them. `weighSql` says the same in SQL.
 */
export function weigh(evidence: readonly Evidence[], model: Model, worth: Worth = () => 1): number {
  const given = evidence.find((one) => one.field === 'given')?.level;
  const isOpen = given !== undefined && !isAgreeing(given);
  const isContradicted = given !== undefined && contradicting.includes(given);
  const isNameApart = isContradicted || evidence.some((one) => one.field === 'family' && one.level === 'differs');
  let own = 0;
  let shared = 0;
  let isPersonal = false;
  let isBare = true;
  for (const { said, evidence: one } of counted(evidence, worth)) {
    const { group, field, level } = one;
    const row = fields[field];
    if (group === 'personal') own += said;
    else shared += said;
    if (!row?.isBare && said > 0) isBare = false;
    if (group !== 'personal' || said < model.personal || row?.isRemark || (row?.needsName && isOpen)) continue;
    if (!isContradicted || row?.decisive?.includes(level)) isPersonal = true;
  }
  const total = own + Math.min(shared, model.householdCap);
  return isPersonal && !(isBare && isNameApart) ? total : Math.min(total, model.unproven);
}

/** What each comparison counts, given what its values are worth; a contact of several says nothing for two who are not called alike. */
export function counted(evidence: readonly Evidence[], worth: Worth): { evidence: Evidence; said: number }[] {
  const given = evidence.find((one) => one.field === 'given')?.level;
  const isOpen = given !== undefined && !isAgreeing(given);
  return evidence.map((one) => {
    const share = one.values && one.weight > 0 ? Math.max(...one.values.map(worth)) : 1;
    return { evidence: one, said: share < 1 && isOpen ? 0 : one.weight * share };
  });
}

function isAgreeing(level: string): boolean {
  return agreeing.includes(level);
}
