import { queueNames } from '../../src/platform/queue/job.js';
import { Queues } from '../../src/platform/queue/queues.js';
import { eventually, type Foyer } from './foyer.js';
import type { TestSource, TestStore } from './retailer.js';

/** A sentence as it is served. */
export interface ServedSentence {
  readonly id: string;
  readonly text: string;
  readonly because: string[];
}

/** An amount as it is served. */
export interface ServedMoney {
  readonly amountMinor: number;
  readonly currency: string;
}

/** The context as it is served. */
export interface ServedContext {
  readonly version: number;
  readonly asOf: string;
  readonly customer: {
    readonly id: string;
    readonly displayName: string;
    readonly language: string | null;
    readonly loyaltyId: string | null;
    readonly loyaltyTier: string | null;
    readonly since: string | null;
    readonly homeStore: { readonly code: string } | null;
    readonly ownAssociate: { readonly displayName: string } | null;
    readonly sources: { field: string; source: string; department: string; asOf: string }[];
  } | null;
  readonly headline: ServedSentence[];
  readonly configurations: {
    readonly id: string;
    readonly code: string;
    readonly model: string;
    readonly total: ServedMoney;
    readonly options: { readonly code: string }[];
    readonly changeSinceLastVisit: {
      readonly added: { readonly code: string }[];
      readonly removed: { readonly code: string }[];
      readonly totalBefore: ServedMoney;
      readonly totalAfter: ServedMoney;
    } | null;
  }[];
  readonly activity: {
    id: string;
    kind: string;
    channel: string;
    department: string;
    occurredAt: string;
    summary: string;
  }[];
  readonly ownedProducts: { readonly label: string; readonly since: string | null; readonly detail: string | null }[];
  readonly purchases: { readonly label: string; readonly total: ServedMoney | null; readonly channel: string }[];
  readonly interests: {
    readonly label: string;
    readonly warmth: string;
    readonly low: ServedMoney;
    readonly high: ServedMoney;
    readonly lastTouchedAt: string;
  }[];
  readonly withheld: { readonly field: string; readonly reason: string }[];
  readonly freshness: { readonly step: string; readonly state: string; readonly computedAt: string | null }[];
}

/** A visit as it is served. */
export interface ServedVisit {
  readonly id: string;
  readonly state: string;
  readonly recognition: { readonly status: string; readonly strength: string };
  readonly context: ServedContext | null;
}

const money = 'amountMinor currency';
const option = `group code label price { ${money} }`;

/** Everything a tablet reads of a context. */
export const contextFields = `
  version asOf
  customer {
    id displayName language loyaltyId loyaltyTier since homeStore { id code name } ownAssociate { id displayName }
    sources { field source department asOf }
  }
  headline { id text because }
  configurations {
    id code model modelLabel total { ${money} } imageUrl url revision startedAt lastEditedAt
    options { ${option} } abandoned { ${option} }
    changeSinceLastVisit { added { ${option} } removed { ${option} } totalBefore { ${money} } totalAfter { ${money} } }
  }
  activity { id kind channel department occurredAt summary }
  ownedProducts { id label since detail }
  purchases { id label orderedAt total { ${money} } channel }
  interests { model label warmth configurations low { ${money} } high { ${money} } lastTouchedAt }
  withheld { field reason }
  freshness { step state computedAt }`;

/** Everything a tablet reads of a visit. */
export const visitFields = `
  id state purpose expectedAt arrivedAt takenAt endedAt calledName partySize
  store { id code name timeZone currency promiseMinutes } associate { id displayName }
  recognition { status strength matchedBy { identifier strength explanation } candidates { id maskedName explanation } }
  context { ${contextFields} }`;

const words: { next: number } = { next: 1 };

/** What happens in shops and stores, said through the public API. */
export class ShopFloor {
  constructor(private readonly foyer: Foyer) {}

  /** A source tells of something through the tracking API; waits until it has become history. */
  async tells(source: TestSource, ...messages: object[]): Promise<void> {
    await this.sends(source, ...messages);
    await this.settled();
  }

  /** A source tells of something through the tracking API; waits until it is kept. */
  async sends(source: TestSource, ...messages: object[]): Promise<void> {
    const batch = messages.map((message) => ({ messageId: `told-${(words.next += 1)}`, ...message }));
    const response = await fetch(`${this.foyer.url}/v1/batch`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${source.server}:`).toString('base64')}` },
      body: JSON.stringify({ batch, sentAt: this.foyer.clock.now().toISOString() }),
    });
    if (response.status !== 200) throw new Error(`The door said ${response.status}: ${await response.text()}`);
  }

  /** Waits until every event has been worked off. */
  async settled(): Promise<void> {
    const queues = this.foyer.app.get(Queues);
    const handedOver = async (): Promise<boolean> =>
      (await this.foyer.database.query('SELECT FROM outbox LIMIT 1')).length === 0;
    await eventually('all events are worked off', async () => {
      if (!(await handedOver())) return false;
      for (const name of queueNames) {
        const depth = await queues.depth(name);
        if (Object.values(depth).some((jobs) => jobs > 0)) return false;
      }
      return handedOver();
    });
  }

  /** Somebody comes in at a tablet. */
  async checkIn(store: TestStore, input: object = {}, token = store.tablet): Promise<ServedVisit> {
    const { data, errors } = await this.foyer.ask<{ checkIn: { visit?: ServedVisit; __typename: string } }>(
      `mutation ($input: CheckInInput!) { checkIn(input: $input) { __typename ... on CheckedIn { visit { ${visitFields} } } } }`,
      { input: { storeId: store.id, idempotencyKey: `check-in-${(words.next += 1)}`, ...input } },
      token,
    );
    if (!data?.checkIn?.visit) throw new Error(`Nobody came in: ${JSON.stringify({ data, errors })}`);
    return data.checkIn.visit;
  }

  /** A visit as the holder of a token reads it. */
  async visit(id: string, token: string, headers: Record<string, string> = {}): Promise<ServedVisit | null> {
    const query = `query ($id: ID!) { visit(id: $id) { ${visitFields} } }`;
    const { data, errors } = await this.foyer.ask<{ visit: ServedVisit | null }>(query, { id }, token, headers);
    if (errors) throw new Error(JSON.stringify(errors));
    return data.visit;
  }

  /** The context of a visit once every step is READY. */
  async briefed(id: string, token: string): Promise<ServedContext> {
    return eventually(`the context of ${id} is ready`, async () => {
      const visit = await this.visit(id, token);
      return visit?.context?.freshness.every(({ state }) => state === 'READY') ? visit.context : undefined;
    });
  }
}
