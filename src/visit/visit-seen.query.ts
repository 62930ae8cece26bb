import type { Tx } from '../platform/database/transactions.js';

/** Configurations of one customer that are kept as seen. */
const mostSeen = 20;

/** Keeps her configurations as they were when the visit ended, the presented one among them. */
export async function keepSeen(
  tx: Tx,
  seen: { visitId: string; customerId: string; configurationId: string | null; at: Date },
): Promise<void> {
  await tx.query(
    `INSERT INTO visit_seen (visit_id, configuration_id, options, total_minor, currency)
     SELECT $1, r.configuration_id, r.options, r.total_minor, r.currency
     FROM (
       SELECT $3::uuid AS id
       UNION
       (SELECT c.id FROM membership m JOIN configuration c ON c.record_id = m.record_id
        WHERE m.customer_id = $2 ORDER BY c.last_edited_at DESC LIMIT ${mostSeen})
     ) hers
     CROSS JOIN LATERAL (
       SELECT * FROM revision WHERE configuration_id = hers.id AND occurred_at <= $4 ORDER BY number DESC LIMIT 1
     ) r
     ON CONFLICT DO NOTHING`,
    [seen.visitId, seen.customerId, seen.configurationId, seen.at],
  );
}
