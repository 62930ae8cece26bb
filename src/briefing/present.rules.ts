import { changeBetween } from '../configurator/change.rules.js';
import type { Sourced } from '../enrichment/profile.js';
import type { Facts, Step } from '../enrichment/step.js';
import type { Line } from '../enrichment/worth-saying.rules.js';
import { sayReasons } from '../identity/review/evidence-words.rules.js';
import { sayHeldApart } from '../identity/review/held-apart.rules.js';
import type { Reader } from '../shared/catalogue/format.js';
import { tell } from '../shared/catalogue/say.js';
import { unsaid } from '../shared/catalogue/sentences.js';
import { maskedName } from '../visit/mask.rules.js';
import { offerId } from '../visit/possible-match.rules.js';
import type { ConfigurationRow } from './configuration.row.js';
import type { AlikeRow, ContextRow } from './context.row.js';
import type { Permitted } from './context.rules.js';
import { freshnessOf } from './freshness.rules.js';
import type { Interest } from './interest.view.js';
import type {
  CustomerCard,
  OpenIssue,
  PossibleMatch,
  ShownActivity,
  ShownConfiguration,
  ShownProduct,
  ShownPurchase,
  ValueSource,
  VisitorContext,
  Withheld,
} from './visitor-context.view.js';

/** Writes what one reader may read, in her language and her store's time. */
export function presentContext(
  row: ContextRow,
  allowed: Permitted,
  reader: Reader,
  steps: readonly Pick<Step, 'name' | 'keepFor'>[],
  now: Date,
): VisitorContext {
  return {
    version: row.version,
    asOf: now,
    customer: allowed.level === 'ANONYMOUS' ? null : card(row, allowed),
    headline: allowed.headline.map((line) => sentence(line, reader)).filter((one) => one !== null),
    configurations: allowed.configurations.map(configuration),
    activity: activity(allowed.activity, reader),
    ownedProducts: allowed.ownedProducts.map(ownedProduct),
    purchases: allowed.purchases.map(purchase),
    interests: allowed.interests.map(interest),
    openIssues: allowed.openIssues.map((one) => openIssue(one, reader)),
    possibleMatches: allowed.possibleMatches.map((one) => possibleMatch(row.visitId, one, reader)),
    shopsWith: allowed.shopsWith.map(({ visitId, name, evidence }) => {
      return { visitId, name, because: sayReasons(reader.locale, evidence) };
    }),
    withheld: allowed.withheld.map(({ field, reason }): Withheld => ({ field, reason: tell(reader, reason) ?? '' })),
    freshness: allowed.level === 'ANONYMOUS' ? [] : freshnessOf(steps, row.facts ?? [], now.getTime()),
  };
}

/** Nobody has said her name yet. */
const nameless = '—';

function card(
  { customerId, calledName, homeStore, ownAssociate }: ContextRow,
  { level, profile }: Permitted,
): CustomerCard {
  const whole = level === 'CONFIRMED';
  return {
    id: customerId ?? '',
    displayName: profile.displayName?.value ?? calledName ?? nameless,
    language: profile.language?.value ?? null,
    loyaltyId: profile.loyaltyId?.value ?? null,
    loyaltyTier: profile.loyaltyTier?.value ?? null,
    since: dateOf(profile.since?.value ?? null),
    homeStore: whole ? homeStore : null,
    ownAssociate: whole ? ownAssociate : null,
    sources: sources(profile, whole && homeStore !== null, whole && ownAssociate !== null),
  };
}

/** Fields of the card, in its order. */
const fields = ['displayName', 'language', 'loyaltyId', 'loyaltyTier', 'since', 'homeStore', 'ownAssociate'] as const;

function sources(profile: Facts['profile'], withStore: boolean, withAssociate: boolean): ValueSource[] {
  const named: ValueSource[] = [];
  for (const field of fields) {
    const sourced: Sourced | undefined = profile[field];
    if (!sourced || (field === 'homeStore' && !withStore) || (field === 'ownAssociate' && !withAssociate)) continue;
    named.push({ field, source: sourced.source, department: sourced.department, asOf: new Date(sourced.asOf) });
  }
  return named;
}

function sentence({ id, say, because }: Line, reader: Reader): VisitorContext['headline'][number] | null {
  const text = tell(reader, say);
  return text === null
    ? null
    : { id, text, because: because.map((why) => tell(reader, why)).filter((why) => why !== null) };
}

function configuration(row: ConfigurationRow): ShownConfiguration {
  const { seen, recordId: _, startedAt, lastEditedAt, ...shown } = row;
  return {
    ...shown,
    startedAt: new Date(startedAt),
    lastEditedAt: new Date(lastEditedAt),
    changeSinceLastVisit: seen && changeBetween(seen, row),
  };
}

function activity(lines: Facts['activity']['lines'], reader: Reader): ShownActivity[] {
  const written: ShownActivity[] = [];
  for (const { id, kind, channel, department, occurredAt, say } of lines) {
    const summary = tell(reader, say);
    if (summary !== null) written.push({ id, kind, channel, department, occurredAt: new Date(occurredAt), summary });
  }
  return written;
}

function ownedProduct({ id, label, since, detail }: Facts['owned-products']['products'][number]): ShownProduct {
  return { id, label, since: dateOf(since), detail };
}

function purchase({ id, label, orderedAt, total, channel }: Facts['purchases']['purchases'][number]): ShownPurchase {
  return { id, label, orderedAt: new Date(orderedAt), total, channel };
}

function interest(one: Facts['configuration-interest']['models'][number]): Interest {
  const { model, label, warmth, configurations, low, high, currency, lastTouchedAt } = one;
  return {
    ...{ model, label, warmth, configurations, lastTouchedAt: new Date(lastTouchedAt) },
    low: { amountMinor: low, currency },
    high: { amountMinor: high, currency },
  };
}

function openIssue(
  { id, department, openedAt, complaint }: Facts['open-matters']['matters'][number],
  reader: Reader,
): OpenIssue {
  const summary = tell(reader, unsaid('issue.open', { department, complaint })) ?? '';
  return { id, department, summary, openedAt: new Date(openedAt) };
}

function possibleMatch(visitId: string, alike: AlikeRow, reader: Reader): PossibleMatch {
  const { evidence, department, refused } = alike;
  const against = sayHeldApart(reader.locale, refused);
  const said = [...sayReasons(reader.locale, evidence), ...(against === null ? [] : [against])];
  return { id: offerId(visitId, alike), maskedName: maskedName(alike), department, reasons: said };
}

function dateOf(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
