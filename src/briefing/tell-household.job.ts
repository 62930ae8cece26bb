import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import { keepPlans } from '../platform/database/kept-plans.js';
import { Transactions } from '../platform/database/transactions.js';
import { Job, type Reactions } from '../platform/queue/job.js';
import { JobRegistry } from '../platform/queue/job-registry.js';
import { relatedEdges } from '../identity/household/related.sql.js';
import { Feed } from '../visit/feed.js';

/** Visitors who came, were recognised, or left. */
interface Moved {
  readonly visitIds: readonly string[];
}

/** Visits, each with the records of its customer. */
const visitors = `visit v
    JOIN membership own ON own.record_id = v.record_id
    CROSS JOIN LATERAL (SELECT array_agg(record_id) AS records FROM membership x WHERE x.customer_id = own.customer_id) hers`;

const sql = `
  UPDATE visit SET version = visit.version + 1 FROM (
    SELECT DISTINCT u.id FROM ${visitors}
    CROSS JOIN LATERAL ${relatedEdges('hers.records')} e
    JOIN membership z ON z.record_id = e.other AND z.customer_id <> own.customer_id
    JOIN membership y ON y.customer_id = z.customer_id
    JOIN visit u ON u.record_id = y.record_id AND u.store_id = v.store_id AND u.day = v.day
      AND u.state IN ('WAITING', 'SERVING', 'AWAY') AND u.recognition = 'CONFIRMED'
    WHERE v.id = ANY($1::uuid[])
    ORDER BY u.id
  ) told
  WHERE visit.id = told.id RETURNING visit.id AS "visitId", visit.store_id AS "storeId"`;

const withHousehold = `
  SELECT v.id FROM ${visitors}
  WHERE v.id = ANY($1::uuid[]) AND EXISTS (SELECT FROM ${relatedEdges('hers.records')} e)`;

/** Whoever is in the store with her reads "shops with" at once, and no longer when she has gone. */
@Injectable()
export class TellHouseholdJob extends Job<Moved> {
  readonly name = 'tell-household';
  readonly queue = 'customer';
  override readonly on: Reactions<Moved> = {
    'visit.started': moved,
    'visit.recognised': moved,
    'visit.ended': moved,
  };

  constructor(
    jobs: JobRegistry,
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly feed: Feed,
  ) {
    super();
    jobs.add(this);
  }

  override gather(payloads: readonly Moved[]): Moved[] {
    return [{ visitIds: [...new Set(payloads.flatMap(({ visitIds }) => visitIds))] }];
  }

  /** Most visitors have nobody of their household among the customers. */
  override async narrow({ visitIds }: Moved): Promise<Moved | undefined> {
    const rows = await this.database.prepared<{ id: string }>('visits-with-household', withHousehold, [visitIds]);
    return rows.length > 0 ? { visitIds: rows.map(({ id }) => id) } : undefined;
  }

  async perform({ visitIds }: Moved): Promise<void> {
    await this.transactions.run(async (tx) => {
      const told = await keepPlans(tx, () =>
        tx.prepared<{ visitId: string; storeId: string }>('tell-household', sql, [visitIds]),
      );
      if (told.length > 0) await this.feed.append(tx, ...told.map((one) => ({ ...one, kind: 'CHANGED' as const })));
    });
  }
}

function moved({ visitId }: { readonly visitId: string }): { payload: Moved }[] {
  return [{ payload: { visitIds: [visitId] } }];
}
