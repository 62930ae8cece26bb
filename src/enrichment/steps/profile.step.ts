import { days } from '../../shared/clock.js';
import { groupBy } from '../../shared/group.js';
import type { Profile, Sourced } from '../profile.js';
import type { CustomerInput, PastVisitInput, RecordInput } from '../step-input.js';
import { defineStep } from '../step.js';

/** Who she is: of each value the best that any source has said, with where it comes from. */
export default defineStep({
  name: 'profile',
  describe: 'Name, language, loyalty, home store and own associate, each with its source.',
  on: ['customer.changed'],
  reads: { records: true, purchases: true, owned: true, visits: true },
  keepFor: days(30),
  settings: { visitsThatMakeAnAssociateHers: 2 },
  compute(customer): Profile {
    const { records, settings } = customer;
    const ranked = [...records].sort(byTrust);
    const givenName = best(ranked, 'givenName', (record) => record.traits['givenName']);
    return defined({
      displayName: best(ranked, 'name', fullName) ?? givenName,
      givenName,
      language: best(ranked, 'language', (record) => record.traits['language']),
      loyaltyId: best(ranked, 'loyaltyId', (record) => record.loyaltyId ?? undefined),
      loyaltyTier: best(ranked, 'loyaltyTier', (record) => record.traits['loyaltyTier']),
      since: since(customer),
      homeStore: best(ranked, 'homeStore', (record) => record.traits['homeStore']),
      ownAssociate:
        best(ranked, 'ownAssociate', (record) => record.traits['ownAssociate']) ??
        usual(customer.visits, settings.visitsThatMakeAnAssociateHers),
    });
  },
});

function byTrust(a: RecordInput, b: RecordInput): number {
  if (a.trusted !== b.trusted) return a.trusted ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** The value of a trusted source before a claim, then the one said last. */
function best(
  ranked: RecordInput[],
  trait: string,
  valueOf: (record: RecordInput) => string | undefined,
): Sourced | undefined {
  let found: { record: RecordInput; sourced: Sourced } | undefined;
  for (const record of ranked) {
    const value = valueOf(record);
    if (!value) continue;
    const { name, department } = record.source;
    const asOf = record.traitsAt[trait] ?? record.traitsAt['givenName'] ?? record.lastSeenAt;
    const sourced = { value, source: name, department, asOf };
    const better = !found || (found.record.trusted === record.trusted && instant(asOf) > instant(found.sourced.asOf));
    if (better) found = { record, sourced };
  }
  return found?.sourced;
}

function fullName({ traits }: RecordInput): string | undefined {
  const parts = [traits['givenName'], traits['familyName']].filter((part) => part !== undefined);
  return traits['name'] ?? (parts.length > 0 ? parts.join(' ') : undefined);
}

/** The first sign of business: an order, something she owns, or the record of a department that knows its people. */
function since({
  records,
  purchases,
  owned,
}: Pick<CustomerInput, 'records' | 'purchases' | 'owned'>): Sourced | undefined {
  const signs: Sourced[] = [
    ...purchases.map(({ orderedAt, department }) => sign(orderedAt, department, department)),
    ...owned.flatMap((product) => (product.since ? [sign(product.since, product.department, product.department)] : [])),
    ...records
      .filter(({ trusted }) => trusted)
      .map(({ firstSeenAt, source }) => sign(firstSeenAt, source.name, source.department)),
  ];
  return signs.sort((a, b) => instant(a.value) - instant(b.value) || (a.source < b.source ? -1 : 1))[0];
}

function sign(at: string, source: string, department: string): Sourced {
  return { value: at, source, department, asOf: at };
}

/** Who has served her most often; of two, who did last. */
function usual(visits: readonly PastVisitInput[], enough: number): Sourced | undefined {
  const served = groupBy(
    visits.filter(({ associate }) => associate !== null),
    ({ associate }) => associate,
  );
  const [most] = [...served.values()].sort(
    (a, b) => b.length - a.length || instant(b[0].endedAt) - instant(a[0].endedAt),
  );
  if (!most || most.length < enough) return undefined;
  return { value: most[0].associate ?? '', source: 'visits', department: 'store', asOf: most[0].endedAt };
}

function instant(text: string): number {
  return Date.parse(text);
}

function defined(profile: { [Key in keyof Profile]: Profile[Key] | undefined }): Profile {
  return Object.fromEntries(Object.entries(profile).filter(([, value]) => value !== undefined));
}
