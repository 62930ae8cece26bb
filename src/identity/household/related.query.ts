import type { Evidence } from '../evidence/evidence.js';
import type { Reads } from '../find.query.js';
import { relatedEdges } from './related.sql.js';

/** A customer of the same household: her record, theirs, and what they share. */
export interface RelatedRow {
  customerId: string;
  recordA: string;
  recordB: string;
  evidence: Evidence[];
}

/** More than these are no household. */
const most = 20;

const sql = `
  SELECT DISTINCT ON (m.customer_id) m.customer_id AS "customerId",
    CASE WHEN e.other = e.hi THEN e.lo ELSE e.hi END AS "recordA", e.other AS "recordB", e.evidence
  FROM (SELECT array_agg(record_id) AS records FROM membership WHERE customer_id = $1) hers
  CROSS JOIN LATERAL ${relatedEdges('hers.records')} e
  JOIN membership m ON m.record_id = e.other AND m.customer_id <> $1
  ORDER BY m.customer_id, e.weight DESC, e.lo, e.hi LIMIT ${most}`;

/** The customers of the same household, one firmest edge each. */
export function relatedTo(db: Reads, customerId: string): Promise<RelatedRow[]> {
  return db.query<RelatedRow>(sql, [customerId]);
}
