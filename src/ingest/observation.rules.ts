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
  const { id, code, country } = source;
  const { asserts, userIds } = sourceKind(source.kind);
  const mayAssert = new Set(asserts);
  const customerNumber = textOf(traits, ['customerNumber', 'customer_number', 'crmId', 'crm_id'], 100);
  const known: ObservedIdentifier[] = [];
  const add = (kind: string, value: string | undefined, proven: boolean): void => {
    if (value !== undefined) known.push({ kind, value, asserted: proven && mayAssert.has(kind) });
  };
  if (userId !== undefined && namesPerson(userId, userIds, customerNumber)) add(userIds, userId, asserted);
  add('device', anonymousId, true);
  if (message.kind === 'alias') addAlias(message, userIds, add);
  add('email', textOf(traits, ['email'], 320), speaksForShop);
  add('phone', textOf(traits, phoneNames, 60), speaksForShop);
  add('loyalty', textOf(traits, loyaltyNames, 100), speaksForShop);
  add('crm', customerNumber, speaksForShop);
  return {
    source: { id, code, country, trusted: speaksForShop },
    sourceKey: recordKey({ userId, anonymousId }, asserted) ?? `message:${message.id}`,
    identifiers: known,
    traits: personalTraits(traits),
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

const phoneNames = ['phone', 'phoneNumber', 'phone_number', 'mobile'];
const loyaltyNames = ['loyaltyId', 'loyalty_id', 'memberId', 'member_id'];

/** The traits that mean something here, under one name each. */
export function personalTraits(said: Fields): Traits {
  const address = typeof said.address === 'string' ? { street: said.address } : fieldsOf(said.address);
  const traits: Traits = {
    name: textOf(said, ['name', 'fullName', 'full_name'], 200),
    givenName: textOf(said, ['givenName', 'given_name', 'firstName', 'first_name', 'firstname'], 100),
    middleName: textOf(said, ['middleName', 'middle_name', 'middlename'], 100),
    familyName: textOf(said, ['familyName', 'family_name', 'lastName', 'last_name', 'lastname'], 100),
    birthDate: textOf(said, ['birthDate', 'birth_date', 'birthday', 'birthdate', 'dateOfBirth', 'date_of_birth'], 40),
    email: textOf(said, ['email'], 320),
    phone: textOf(said, phoneNames, 60),
    language: textOf(said, ['language', 'locale'], 35),
    street: textOf(address, ['street', 'streetAddress', 'street_address', 'line1'], 200),
    locality: textOf(address, ['locality', 'city', 'town'], 120),
    postalCode: textOf(address, ['postalCode', 'postal_code', 'zip', 'zipcode'], 20),
    region: textOf(address, ['region', 'state', 'province'], 120),
    country: textOf(address, ['country', 'countryCode', 'country_code'], 60),
    loyaltyTier: textOf(said, ['loyaltyTier', 'loyalty_tier', 'tier'], 60),
    homeStore: textOf(said, ['homeStore', 'home_store'], 100),
    ownAssociate: textOf(said, ['ownAssociate', 'own_associate'], 100),
    gender: textOf(said, ['gender'], 40),
    nationalId: textOf(said, ['nationalId', 'national_id'], 60),
  };
  const told: Traits = {};
  for (const [field, value] of Object.entries(traits) as [keyof Traits, string | undefined][])
    if (value !== undefined) told[field] = value;
  return told;
}
