import { signatureOf } from './judge.rules.js';
import { isRowId, personId } from './person-id.rules.js';
import { sourceKind } from './source-kinds.js';
import { fieldsOf, textOf, traitsOf, type Fields, type ReceivedMessage } from './tracking-event.js';

/** What a source may say of somebody; absent where it says nothing. */
export interface Traits {
  name?: string;
  givenName?: string;
  middleName?: string;
  familyName?: string;
  birthDate?: string;
  email?: string;
  phone?: string;
  language?: string;
  street?: string;
  locality?: string;
  postalCode?: string;
  region?: string;
  country?: string;
  loyaltyTier?: string;
  homeStore?: string;
  ownAssociate?: string;
  gender?: string;
  nationalId?: string;
}

/** A value by which somebody may be known, and whether it was said by somebody who may say it. */
export interface ObservedIdentifier {
  readonly kind: string;
  readonly value: string;
  readonly asserted: boolean;
}

/** What one message says of one record: whose it is, by what she is known, what she is like. */
export interface Observation {
  readonly source: { readonly id: string; readonly code: string; readonly trusted: boolean; readonly country: string };
  /** The source's own name for the record; see `recordKey`. */
  readonly sourceKey: string;
  readonly identifiers: readonly ObservedIdentifier[];
  readonly traits: Traits;
  readonly occurredAt: Date;
}

/** How a source names one record of its own. */
export interface PersonNames {
  readonly userId?: string | undefined;
  readonly anonymousId?: string | undefined;
}

/**
 * The record of which somebody speaks: (source, user id) where the user id is asserted, else (source, anonymous id).
 * A user id that is only claimed never reaches the record of that user; the prefix keeps the three from meeting.
 */
export function recordKey({ userId, anonymousId }: PersonNames, asserted: boolean): string | undefined {
  if (asserted && userId !== undefined) return `user:${userId}`;
  if (anonymousId !== undefined) return `anonymous:${anonymousId}`;
  return userId === undefined ? undefined : `claimed:${userId}`;
}

/** What a message says of the person it is about. */
export function observationOf(message: ReceivedMessage): Observation {
  const { body, asserted, source, occurredAt } = message;
  const userId = personId(body.userId);
  const anonymousId = personId(body.anonymousId);
  const traits = traitsOf(body);
  // A signature vouches for the user id alone: what the page says beside it stays a claim.
  const speaksForShop = asserted && signatureOf(body) === undefined;
  const told = personalTraits(traits);
  const { id, code, country } = source;
  const { asserts, userIds } = sourceKind(source.kind);
  const customerNumber = textOf(traits, customerNames, 100);
  const known: ObservedIdentifier[] = [];
  const add = (kind: string, value: string | undefined, proven: boolean): void => {
    if (value !== undefined) known.push({ kind, value, asserted: proven && asserts.includes(kind) });
  };
  if (userId !== undefined && namesPerson(userId, userIds, customerNumber)) add(userIds, userId, asserted);
  add('device', anonymousId, true);
  if (message.kind === 'alias') addAlias(message, userIds, add);
  add('email', told.email, speaksForShop);
  add('phone', told.phone, speaksForShop);
  add('loyalty', textOf(traits, loyaltyNames, 100), speaksForShop);
  add('crm', customerNumber, speaksForShop);
  return {
    source: { id, code, country, trusted: speaksForShop },
    sourceKey: recordKey({ userId, anonymousId }, asserted) ?? `message:${message.id}`,
    identifiers: known,
    traits: told,
    occurredAt,
  };
}

/** A department that tells the customer's number beside an id of its row counts its rows in another way: row 17 is not customer 17. */
function namesPerson(userId: string, userIds: 'account' | 'crm', customerNumber: string | undefined): boolean {
  return !isRowId(userId) && (userIds === 'account' || customerNumber === undefined);
}

/** Two names of one person: an anonymous visitor who signed up, or an account that got a new number. */
function addAlias(
  { body, asserted }: ReceivedMessage,
  userIds: 'account' | 'crm',
  add: (kind: string, value: string | undefined, proven: boolean) => void,
): void {
  const previous = personId(body.previousId);
  if (previous === undefined || previous === personId(body.userId)) return;
  if (previous !== personId(body.anonymousId)) add('device', previous, asserted);
  if (!looksMadeByBrowser(previous)) add(userIds, previous, asserted);
}

function looksMadeByBrowser(id: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(id);
}

const loyaltyNames = ['loyaltyId', 'loyalty_id', 'memberId', 'member_id'];
const customerNames = ['customerNumber', 'customer_number', 'crmId', 'crm_id'];

/** How a trait is called by those who tell it, the name that goes before others first, and the longest that is kept of it. */
type Spelling = readonly [trait: keyof Traits, longest: number, names: readonly string[]];

const ofPerson: readonly Spelling[] = [
  ['name', 200, ['name', 'fullName', 'full_name']],
  ['givenName', 100, ['givenName', 'given_name', 'firstName', 'first_name', 'firstname']],
  ['middleName', 100, ['middleName', 'middle_name', 'middlename']],
  ['familyName', 100, ['familyName', 'family_name', 'lastName', 'last_name', 'lastname']],
  ['birthDate', 40, ['birthDate', 'birth_date', 'birthday', 'birthdate', 'dateOfBirth', 'date_of_birth']],
  ['email', 320, ['email']],
  ['phone', 60, ['phone', 'phoneNumber', 'phone_number', 'mobile']],
  ['language', 35, ['language', 'locale']],
];
const ofAddress: readonly Spelling[] = [
  ['street', 200, ['street', 'streetAddress', 'street_address', 'line1']],
  ['locality', 120, ['locality', 'city', 'town']],
  ['postalCode', 20, ['postalCode', 'postal_code', 'zip', 'zipcode']],
  ['region', 120, ['region', 'state', 'province']],
  ['country', 60, ['country', 'countryCode', 'country_code']],
];
const ofCustomer: readonly Spelling[] = [
  ['loyaltyTier', 60, ['loyaltyTier', 'loyalty_tier', 'tier']],
  ['homeStore', 100, ['homeStore', 'home_store']],
  ['ownAssociate', 100, ['ownAssociate', 'own_associate']],
  ['gender', 40, ['gender']],
  ['nationalId', 60, ['nationalId', 'national_id']],
];

/** In the order in which a message's traits are told, whoever wrote it. */
const spellings = [...ofPerson, ...ofAddress, ...ofCustomer];
const placesOfPerson = placesByName([...ofPerson, ...ofCustomer]);
const placesOfAddress = placesByName(ofAddress);

/** The traits that mean something here, under one name each. */
export function personalTraits(said: Fields): Traits {
  const texts: (string | undefined)[] = [];
  gather(said, placesOfPerson, texts);
  gather(typeof said.address === 'string' ? { street: said.address } : fieldsOf(said.address), placesOfAddress, texts);
  const told: Traits = {};
  for (let place = 0; place < texts.length; place += 1) {
    const text = texts[place];
    if (text !== undefined) told[(spellings[place] as Spelling)[0]] = text;
  }
  return told;
}

function placesByName(some: readonly Spelling[]): ReadonlyMap<string, number> {
  return new Map(
    some.flatMap((spelling) => spelling[2].map((name): [string, number] => [name, spellings.indexOf(spelling)])),
  );
}

/** Looks only for the traits of which a name is there at all: of all the names that there are a message has few. */
function gather(said: Fields, places: ReadonlyMap<string, number>, texts: (string | undefined)[]): void {
  for (const name in said) {
    const place = places.get(name);
    if (place === undefined) continue;
    const [, longest, names] = spellings[place] as Spelling;
    texts[place] ??= textOf(said, names, longest);
  }
}
