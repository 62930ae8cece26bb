import type { Reads } from '../find.query.js';
import { type Customer, type Judgement, Verdict } from './customer.view.js';

/** A customer with records, by present id. */
export async function readCustomer(db: Reads, id: string): Promise<Customer | null> {
  const [row] = await db.query<{ id: string; former_ids: string[] }>(
    `SELECT c.id, ARRAY(SELECT alias_id FROM customer_alias WHERE customer_id = c.id ORDER BY alias_id) AS former_ids
     FROM customer c WHERE c.id = $1 AND EXISTS (SELECT FROM membership m WHERE m.customer_id = c.id)`,
    [id],
  );
  return row ? { id: row.id, formerIds: row.former_ids } : null;
}

/** The human words in force on the records of a customer, the latest first. */
export async function judgementsOf(db: Reads, customerId: string): Promise<Judgement[]> {
  const rows = await db.query<{
    id: string;
    lo: string;
    hi: string;
    verdict: string;
    why: string;
    at: Date;
    by_id: string | null;
  }>(
    `SELECT j.id, j.lo, j.hi, j.verdict, j.why, j.at, j.by_id FROM judgement j
     WHERE j.revoked_at IS NULL AND EXISTS (
       SELECT FROM membership m WHERE m.customer_id = $1 AND m.record_id IN (j.lo, j.hi))
     ORDER BY j.at DESC, j.id DESC`,
    [customerId],
  );
  return rows.map(({ lo, hi, by_id: by, verdict, ...rest }) => {
    return { ...rest, recordA: lo, recordB: hi, by, verdict: Verdict[verdict.toUpperCase() as Verdict] };
  });
}
