import { Injectable, Logger } from '@nestjs/common';
import { Transactions, type Tx } from '../platform/database/transactions.js';
import { isUnavailable } from '../platform/database/unavailable.js';
import { Outbox } from '../platform/outbox/outbox.js';
import { Clock } from '../shared/clock.js';
import { Feed } from '../visit/feed.js';
import { computeFacts } from './compute.rules.js';
import { CustomersQuery, type Asked, type LoadedCustomer } from './customers.query.js';
import { FactsQuery, type CustomerFacts } from './facts.query.js';
import './enrichment.events.js';
import { isNews } from './news.rules.js';
import { steps } from './steps.js';

/** Keeps facts in step with what is known; whatever the order, the last word is that of the newest version. */
@Injectable()
export class FactsService {
  private readonly log = new Logger('Facts');

  constructor(
    private readonly customers: CustomersQuery,
    private readonly facts: FactsQuery,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly feed: Feed,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Computes anew what is out of date. When one of several customers cannot be computed at all, the others are,
   * and she is tried again alone.
   * @throws when the only customer asked for cannot be computed.
   */
  async refresh(asked: Asked): Promise<void> {
    try {
      await this.refreshTogether(asked);
    } catch (error) {
      const { customerIds, visitIds } = asked;
      if (isUnavailable(error) || customerIds.length + visitIds.length <= 1) throw error;
      this.log.warn(
        `Facts of ${customerIds.length + visitIds.length} customers are refreshed one by one: ${String(error)}`,
      );
      await this.transactions.run(async (tx) => {
        await this.outbox.addAll(
          tx,
          'facts.faltered',
          customerIds.map((customerId) => ({ customerId })),
        );
        await this.outbox.addAll(
          tx,
          'facts.faltered',
          visitIds.map((visitId) => ({ visitId })),
        );
      });
    }
  }

  private async refreshTogether(asked: Asked): Promise<void> {
    const now = this.clock.now();
    const { customers, goneIds } = await this.customers.load(asked, now);
    const computed = customers.map((customer) => ({ customer, facts: computeFacts(steps, customer, now) }));
    for (const one of computed) this.report(one);
    const elsewhere = computed.filter(({ customer }) => customer.openVisits.length === 0);
    if (elsewhere.length > 0 || goneIds.length > 0) await this.facts.write(elsewhere, goneIds, now);
    for (const one of computed) {
      if (one.customer.openVisits.length > 0) await this.transactions.run((tx) => this.writeInStore(tx, one, now));
    }
  }

  /** Her tablets learn of it in the same transaction, where there is something to learn. */
  private async writeInStore(tx: Tx, one: CustomerFacts & { customer: LoadedCustomer }, now: Date): Promise<void> {
    const { customer, facts } = one;
    const before = await this.facts.before(tx, customer);
    const told = customer.openVisits.filter((visit) => isNews(visit, customer.version, before, facts));
    await this.facts.write([one], [], now, tx);
    if (told.length === 0) return;
    const raised = await tx.prepared<{ visitId: string; storeId: string }>(
      'visits-raise',
      `UPDATE visit SET version = version + 1 WHERE id = ANY($1) AND state IN ('WAITING', 'SERVING', 'AWAY')
       RETURNING id AS "visitId", store_id AS "storeId"`,
      [told.map(({ id }) => id)],
    );
    await this.feed.append(tx, ...raised.map((visit) => ({ ...visit, kind: 'CHANGED' as const })));
  }

  private report({ customer, facts }: CustomerFacts): void {
    for (const fact of facts) {
      if (fact.state !== 'FAILED') continue;
      this.log.error(
        { step: fact.step, customerId: customer.id, error: fact.error },
        'A step failed; its last fact stays.',
      );
    }
  }
}
