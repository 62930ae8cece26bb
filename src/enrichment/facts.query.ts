import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/transactions.js';
import type { Computed } from './compute.rules.js';
import type { LoadedCustomer } from './customers.query.js';
import type { FactBefore } from './news.rules.js';

/** The facts of one customer, of one version of hers. */
export interface CustomerFacts {
  readonly customer: Pick<LoadedCustomer, 'id' | 'version' | 'separations'>;
  readonly facts: readonly Computed[];
}

// A customer who is gone by now gets no facts, and those of her former ids go: the lock makes a merge wait for us or us for it.
// A failed step keeps what it last found, unless records have left the customer since.
const sql = `
WITH alive AS MATERIALIZED (
  SELECT id FROM customer WHERE id IN (SELECT unnest($1::uuid[])) ORDER BY id FOR KEY SHARE
), gone AS (
  DELETE FROM fact USING (
    SELECT unnest($8::uuid[]) AS id UNION SELECT alias_id FROM customer_alias WHERE customer_id = ANY($1::uuid[])
  ) former WHERE fact.customer_id = former.id
)
INSERT INTO fact (customer_id, step, state, payload, input_version, separations, computed_at, error)
SELECT f.customer_id, f.step, f.state, f.payload, f.input_version, f.separations, $9, f.error
FROM unnest($1::uuid[], $2::text[], $3::text[], $4::jsonb[], $5::bigint[], $6::integer[], $7::text[])
  AS f (customer_id, step, state, payload, input_version, separations, error)
JOIN alive ON alive.id = f.customer_id
ORDER BY f.customer_id, f.step
ON CONFLICT (customer_id, step) DO UPDATE SET
  state = excluded.state,
  payload = CASE WHEN excluded.state = 'READY' THEN excluded.payload
                 WHEN fact.separations = excluded.separations THEN fact.payload END,
  input_version = excluded.input_version,
  separations = excluded.separations,
  computed_at = excluded.computed_at,
  error = excluded.error
WHERE fact.input_version <= excluded.input_version`;

/** Writes facts: many customers in one statement, an older version never over a newer one. */
@Injectable()
export class FactsQuery {
  constructor(private readonly database: Database) {}

  /** A customer's facts as they stand, as far as they may still be shown. */
  before(tx: Tx, { id, separations }: Pick<LoadedCustomer, 'id' | 'separations'>): Promise<FactBefore[]> {
    return tx.prepared<FactBefore>(
      'facts-before',
      `SELECT step, state, payload, input_version::text AS "inputVersion", computed_at AS "computedAt"
       FROM fact WHERE customer_id = $1 AND separations = $2`,
      [id, separations],
    );
  }

  /** Writes them, in a transaction where there is one, and removes those of customers who are gone. */
  async write(
    computed: readonly CustomerFacts[],
    goneIds: readonly string[],
    now: Date,
    db: Pick<Tx, 'prepared'> = this.database,
  ): Promise<void> {
    const rows = computed.flatMap(({ customer, facts }) => facts.map((fact) => ({ customer, fact })));
    await db.prepared('facts-write', sql, [
      rows.map(({ customer }) => customer.id),
      rows.map(({ fact }) => fact.step),
      rows.map(({ fact }) => fact.state),
      rows.map(({ fact }) => (fact.state === 'READY' ? JSON.stringify(fact.payload) : null)),
      rows.map(({ customer }) => customer.version),
      rows.map(({ customer }) => customer.separations),
      rows.map(({ fact }) => (fact.state === 'FAILED' ? fact.error : null)),
      goneIds,
      now,
    ]);
  }
}
