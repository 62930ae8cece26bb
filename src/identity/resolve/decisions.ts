import { keepPlans } from '../../platform/database/kept-plans.js';
import type { Tx } from '../../platform/database/transactions.js';
import { type Outbox, priorities } from '../../platform/outbox/outbox.js';
import type { Clock } from '../../shared/clock.js';
import { identifierKinds } from '../identifier-kinds.js';
import '../identity.events.js';
import { keepOvergrown } from '../overgrown/overgrown.store.js';
import type { Presence } from '../presence.js';
import { formCustomers } from './loners.store.js';
import { customersOf } from './membership.query.js';
import { stampCustomers } from './membership.store.js';
import type { Changed } from './region.js';
import { type Occasion, resolve, type Resolved, standAlone } from './resolve.js';

/** Customers that one event names at most. */
const mostTold = 100;

/** What follows from what was said: who is whose, written down and told to the rooms below. */
export class Decisions {
  /** Whom a transaction has told of already: facts are read after it, so once is enough. */
  private readonly told = new WeakMap<Tx, Set<string>>();

  constructor(
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly presence: Presence,
  ) {}

  /** Now. */
  now(): Date {
    return this.clock.now();
  }

  /**
   * Decides anew who is whose around what changed; what hangs together too loosely to be decided now is left to a job.
   * @returns the customers of the records concerned.
   */
  async decide(
    tx: Tx,
    changed: Changed,
    touched: readonly string[],
    why: string,
    most?: number,
  ): Promise<Map<string, string>> {
    const { customerOf, deferred, occasion } = await this.resolve(tx, changed, touched, why, most);
    if (deferred.length > 0) {
      await standAlone(occasion, deferred);
      await keepOvergrown(tx, deferred, occasion.now);
      await this.outbox.add(tx, 'component.overgrown', { recordId: deferred[0] });
    }
    return customerOf;
  }

  /** The same without the job: the caller sees to what is too large. */
  async resolve(
    tx: Tx,
    changed: Changed,
    touched: readonly string[],
    why: string,
    most?: number,
  ): Promise<Resolved & { occasion: Occasion }> {
    const cause = { why, records: [...changed.keys()].slice(0, 20) };
    const occasion = { tx, kinds: identifierKinds, now: this.now(), cause };
    const resolved = await keepPlans(tx, () => resolve(occasion, changed, new Set(touched), most));
    await this.tell(tx, resolved.changed);
    return { ...resolved, occasion };
  }

  /** Makes a customer of each of these new records, to which nothing ties anybody. */
  async form(tx: Tx, recordIds: readonly string[]): Promise<void> {
    if (recordIds.length === 0) return;
    await formCustomers(tx, recordIds, this.now());
    await this.tell(tx, recordIds, { areNew: true });
  }

  /** Says that something about the customers of these records is new. */
  async touch(tx: Tx, recordIds: readonly string[]): Promise<void> {
    if (recordIds.length === 0) return;
    const customers = await customersOf(tx, recordIds);
    const stamps = new Map([...customers.values()].map((id) => [id, { changed: true, lost: false }]));
    if (stamps.size > 0) await stampCustomers(tx, stamps, this.now());
    await this.tell(tx, [...stamps.keys()]);
  }

  private async tell(tx: Tx, customerIds: readonly string[], { areNew = false } = {}): Promise<void> {
    const told = this.told.get(tx) ?? new Set();
    this.told.set(tx, told);
    const news = customerIds.filter((id) => !told.has(id));
    for (const id of news) told.add(id);
    if (tx.priority !== priorities.bulk) return this.tellEach(tx, news, areNew);
    const groups = Array.from({ length: Math.ceil(news.length / mostTold) }, (_, at) => ({
      customerIds: news.slice(at * mostTold, (at + 1) * mostTold),
    }));
    await this.outbox.addAll(tx, 'customers.changed', groups);
  }
  /** Who is in a store comes first, unless the transaction says itself how urgent it is; nobody visits before she is known. */
  private async tellEach(tx: Tx, customerIds: readonly string[], areNew: boolean): Promise<void> {
    const isAsked = tx.priority === undefined && !areNew;
    const here = isAsked ? await this.presence.among(tx, customerIds) : new Set<string>();
    const events = (isHere: boolean): { customerId: string }[] =>
      customerIds.filter((id) => here.has(id) === isHere).map((customerId) => ({ customerId }));
    await this.outbox.addAll(tx, 'customer.changed', events(true), { priority: priorities.inStore });
    await this.outbox.addAll(tx, 'customer.changed', events(false));
  }
}
