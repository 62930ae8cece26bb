import { setTimeout as sleep } from 'node:timers/promises';
import type { Attempt, Kind, Ledger } from './ledger.js';
import type { Random } from './random.js';
import type { Retailer } from './retailer.js';

/** Where requests go and how often a refused or lost one is said again. */
export interface Line {
  readonly url: string;
  /** False: a lost answer is not asked for again, so only what was acknowledged counts. */
  readonly repeat: boolean;
}

/** An answer: acknowledged with what it names, or refused for good; anything else is thrown and said again. */
type Answer = { readonly named: string } | { readonly refused: string };

export const eventsPerBatch = 4;
const patience = 5_000;

const saveConfiguration = `mutation Save($input: SaveConfigurationInput!) { saveConfiguration(input: $input) {
  __typename ... on SavedConfiguration { configuration { id } pass { url } } ... on Refusal { message } } }`;
/** How a tablet of this test checks in. */
export const checkIn = `mutation Arrive($input: CheckInInput!) { checkIn(input: $input) {
  __typename ... on CheckedIn { visit { id } } ... on Refusal { message } } }`;

/** Customers and visitors who go on until they are stopped, and never take silence for an answer. */
export class Load {
  private running = true;
  private number = 0;
  private loops: Promise<void>[] = [];

  constructor(
    private readonly line: Line,
    private readonly retailer: Retailer,
    private readonly ledger: Ledger,
    private readonly random: Random,
  ) {}

  start(): void {
    const pace = { events: 60, saver: 250, walker: 200 };
    this.loops = [
      ...Array.from({ length: 3 }, () => this.repeatedly(pace.events, () => this.sendEvents())),
      ...Array.from({ length: 2 }, () => this.repeatedly(pace.saver, () => this.saveThenArrive())),
      this.repeatedly(pace.walker, () => this.arrive(`walk-in-${this.next()}`)),
    ];
  }

  /** Lets everybody finish what they began: whatever was sent is settled. */
  async stop(): Promise<void> {
    this.running = false;
    await Promise.all(this.loops);
  }

  private async repeatedly(pause: number, work: () => Promise<unknown>): Promise<void> {
    while (this.running) {
      await work();
      await sleep(this.random.between(pause / 2, pause * 1.5));
    }
  }

  private next(): number {
    this.number += 1;
    return this.number;
  }

  /** A visitor of the shop looks at some things; her id is the key, so that each of her records tells of one batch. */
  private async sendEvents(): Promise<void> {
    const key = `user-${this.next()}`;
    const batch = Array.from({ length: eventsPerBatch }, (_, place) => ({
      type: 'track',
      event: 'Product Viewed',
      userId: key,
      messageId: `${key}-${place}`,
      timestamp: new Date().toISOString(),
      properties: { product_id: `p-${place}`, name: `Thing ${place}` },
    }));
    await this.settle({ kind: 'events', key }, async () => {
      const answer = await this.post('/v1/batch', `Basic ${btoa(`${this.retailer.shop.key}:`)}`, { batch });
      return answer['success'] === true ? { named: key } : { refused: JSON.stringify(answer) };
    });
  }

  /** She saves a configuration and walks in with the pass she was shown. */
  private async saveThenArrive(): Promise<void> {
    const key = `configuration-${this.next()}`;
    const euros = (amount: number): object => ({ amountMinor: amount * 100, currency: 'EUR' });
    const input = {
      idempotencyKey: key,
      sessionId: key,
      identifiers: [{ kind: 'email', value: `${key}@crash.example` }],
      model: 'estate',
      options: [{ group: 'colour', code: 'green', label: 'Green', price: euros(600) }],
      total: euros(38_000),
    };
    let pass: string | undefined;
    await this.settle({ kind: 'configuration', key }, async () => {
      const result = await this.graphql(this.retailer.shop.key, saveConfiguration, input, 'saveConfiguration');
      if (result.__typename !== 'SavedConfiguration') return { refused: `${result.__typename}: ${result.message}` };
      pass = result.pass?.url;
      return { named: result.configuration?.id ?? '' };
    });
    if (pass !== undefined && this.running) await this.arrive(`visit-of-${key}`, pass);
  }

  private async arrive(key: string, code?: string): Promise<void> {
    const { stores } = this.retailer;
    const store = stores[Math.floor(this.random.next() * stores.length)];
    if (!store) return;
    const input = { storeId: store.id, idempotencyKey: key, calledName: key, ...(code !== undefined && { code }) };
    await this.settle({ kind: 'check-in', key, storeId: store.id }, async () => {
      const result = await this.graphql(store.tablets[0] ?? '', checkIn, input, 'checkIn');
      if (result.__typename !== 'CheckedIn') return { refused: `${result.__typename}: ${result.message}` };
      return { named: result.visit?.id ?? '' };
    });
  }

  /** Says one thing until it is answered. */
  private async settle(what: { kind: Kind; key: string; storeId?: string }, say: () => Promise<Answer>): Promise<void> {
    const attempt: Attempt = { ...what, sentAt: performance.now(), tries: 0 };
    this.ledger.attempts.push(attempt);
    for (;;) {
      attempt.tries += 1;
      try {
        const answer = await say();
        if ('refused' in answer) attempt.refused = answer.refused;
        else Object.assign(attempt, { acknowledgedAt: performance.now(), answered: answer.named });
        return;
      } catch {
        if (!this.line.repeat) return;
        await sleep(this.random.between(50, 250));
      }
    }
  }

  private async graphql(token: string, query: string, input: object, field: string): Promise<Result> {
    const answer = await this.post('/graphql', `Bearer ${token}`, { query, variables: { input } });
    const result = (answer['data'] as Record<string, Result> | null | undefined)?.[field];
    if (!result) throw new Error(JSON.stringify(answer['errors'] ?? answer));
    return result;
  }

  private async post(path: string, authorization: string, body: object): Promise<Record<string, unknown>> {
    const response = await fetch(this.line.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(patience),
    });
    if (response.status >= 500 || response.status === 429) throw new Error(`HTTP ${response.status}`);
    return (await response.json()) as Record<string, unknown>;
  }
}

interface Result {
  readonly __typename: string;
  readonly message?: string;
  readonly configuration?: { readonly id: string };
  readonly pass?: { readonly url: string };
  readonly visit?: { readonly id: string };
}
