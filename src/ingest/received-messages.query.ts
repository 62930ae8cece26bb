import type { Tx } from '../platform/database/transactions.js';
import type { SourceView } from '../access/actor.js';
import type { MessageKind } from './kinds.js';
import type { ReceivedMessage, TrackingEvent } from './tracking-event.js';
import { storable } from './storable.rules.js';

interface Row extends Omit<SourceView, 'id' | 'kind'> {
  readonly messageId: string;
  readonly receivedAt: Date;
  readonly occurredAt: Date;
  readonly asserted: boolean;
  readonly messageKind: MessageKind;
  readonly body: string;
  readonly sourceId: string;
  readonly sourceKind: string;
}

const messagesByIds = `
  SELECT m.id AS "messageId", m.received_at AS "receivedAt", m.occurred_at AS "occurredAt", m.asserted,
    m.kind AS "messageKind", m.body::text AS body, s.id AS "sourceId", s.code, s.name, s.kind AS "sourceKind",
    s.department, s.country, s.trusted, s.store_id AS "storeId"
  FROM message m JOIN source s ON s.id = m.source_id
  WHERE m.id = ANY($1::uuid[])
  ORDER BY m.occurred_at, m.id`;

/**
 * The kept messages of these ids, in the order in which they happened.
 * @throws when one is missing: an event that names it was committed with it, so something is wrong.
 */
export async function receivedMessages(tx: Tx, ids: readonly string[]): Promise<ReceivedMessage[]> {
  const rows = await tx.prepared<Row>('received-messages', messagesByIds, [ids]);
  if (rows.length !== new Set(ids).size) {
    const found = new Set(rows.map((row) => row.messageId));
    const missing = ids.filter((id) => !found.has(id));
    throw new Error(`Messages that were announced are missing: ${missing.slice(0, 5).join(', ')} (${missing.length}).`);
  }
  return rows.map(messageOf);
}

function messageOf(row: Row): ReceivedMessage {
  const { code, name, department, country, trusted, storeId } = row;
  return {
    id: row.messageId,
    receivedAt: row.receivedAt,
    occurredAt: row.occurredAt,
    asserted: row.asserted,
    kind: row.messageKind,
    source: { id: row.sourceId, kind: row.sourceKind, code, name, department, country, trusted, storeId },
    body: storable(row.body) as TrackingEvent,
  };
}
