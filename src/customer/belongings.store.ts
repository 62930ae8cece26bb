import type { ReceivedMessage } from '../ingest/tracking-event.js';
import type { Tx } from '../platform/database/transactions.js';
import { newId } from '../shared/ids.js';
import { consentsOf } from './consent.rules.js';
import { matterOf } from './matter.rules.js';
import { ownedOf } from './owned.rules.js';

const own = `
  INSERT INTO owned_product AS o (id, record_id, source_id, reference, label, since, until, detail, said_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  ON CONFLICT (source_id, reference) DO UPDATE SET
    record_id = excluded.record_id, label = excluded.label, since = coalesce(excluded.since, o.since),
    until = excluded.until, detail = coalesce(excluded.detail, o.detail), said_at = excluded.said_at
  WHERE o.said_at <= excluded.said_at
  RETURNING o.record_id`;

// A matter is open when it was last opened after it was last closed, in whatever order that is heard.
const open = `
  INSERT INTO open_matter AS m (id, record_id, source_id, department, reference, summary, complaint, opened_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
  ON CONFLICT (source_id, reference) DO UPDATE SET
    record_id = excluded.record_id, department = excluded.department, summary = excluded.summary,
    complaint = excluded.complaint, opened_at = excluded.opened_at,
    closed_at = CASE WHEN m.closed_at >= excluded.opened_at THEN m.closed_at END
  WHERE m.opened_at <= excluded.opened_at
  RETURNING m.record_id`;

const close = `
  INSERT INTO open_matter AS m (id, record_id, source_id, department, reference, summary, complaint, opened_at, closed_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, to_timestamp(0), $8)
  ON CONFLICT (source_id, reference) DO UPDATE SET closed_at = greatest(m.closed_at, excluded.closed_at)
  WHERE m.opened_at <= excluded.closed_at AND m.closed_at IS DISTINCT FROM greatest(m.closed_at, excluded.closed_at)
  RETURNING m.record_id`;

const consent = `
  INSERT INTO consent AS c (record_id, purpose, channel, granted, at, source_id)
  VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (record_id, purpose, channel) DO UPDATE SET
    granted = excluded.granted AND (c.at < excluded.at OR c.granted), at = excluded.at, source_id = excluded.source_id
  WHERE c.at <= excluded.at
  RETURNING c.record_id`;

interface Touched {
  readonly record_id: string;
}

/** Writes what a message says of things somebody has, and of those she has no more; returns the records that changed. */
export async function writeOwned(tx: Tx, message: ReceivedMessage, recordId: string): Promise<string[]> {
  const touched: Touched[] = [];
  for (const { reference, label, since, until, detail, at } of ownedOf(message)) {
    const values = [newId(), recordId, message.source.id, reference, label, since, until, detail, at];
    touched.push(...(await tx.prepared<Touched>('owned-product-write', own, values)));
  }
  return touched.map((row) => row.record_id);
}

/** Writes what a message says of a matter between somebody and a department; returns the records that changed. */
export async function writeMatter(tx: Tx, message: ReceivedMessage, recordId: string): Promise<string[]> {
  const matter = matterOf(message);
  if (matter === undefined) return [];
  const { department, reference, summary, complaint, at } = matter;
  const values = [newId(), recordId, message.source.id, department, reference, summary, complaint, at];
  const touched = matter.open
    ? await tx.prepared<Touched>('open-matter-open', open, values)
    : await tx.prepared<Touched>('open-matter-close', close, values);
  return touched.map((row) => row.record_id);
}

/** Writes what a message says of consent; returns the records that changed. */
export async function writeConsents(tx: Tx, message: ReceivedMessage, recordId: string): Promise<string[]> {
  const touched: Touched[] = [];
  for (const { purpose, channel, granted } of consentsOf(message)) {
    const values = [recordId, purpose, channel, granted, message.occurredAt, message.source.id];
    touched.push(...(await tx.prepared<Touched>('consent-write', consent, values)));
  }
  return touched.map((row) => row.record_id);
}
