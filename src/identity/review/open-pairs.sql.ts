import { model } from '../evidence/model.js';

/**
 * Pairs that wait for a human judgement, as a common table expression `open_pair`: likely, not certain, both of
 * records the machine may join, of two customers about whom nobody has judged; the strongest pair of each two
 * customers stands for all of theirs.
 */
export const openPairs = `open_pair AS (
  SELECT DISTINCT ON (least(a.customer_id, b.customer_id), greatest(a.customer_id, b.customer_id))
    e.lo, e.hi, e.weight, e.evidence, a.customer_id AS lo_customer, b.customer_id AS hi_customer
  FROM edge e
  JOIN membership a ON a.record_id = e.lo
  JOIN membership b ON b.record_id = e.hi AND b.customer_id <> a.customer_id
  WHERE e.effective AND e.weight >= ${model.possible} AND e.weight < ${model.automatic}
    AND NOT EXISTS (
      SELECT FROM membership ma JOIN judgement j ON j.revoked_at IS NULL AND (j.lo = ma.record_id OR j.hi = ma.record_id)
      JOIN membership mb ON mb.record_id = CASE WHEN j.lo = ma.record_id THEN j.hi ELSE j.lo END
      WHERE ma.customer_id = a.customer_id AND mb.customer_id = b.customer_id)
  ORDER BY least(a.customer_id, b.customer_id), greatest(a.customer_id, b.customer_id), e.weight DESC, e.lo, e.hi
)`;
