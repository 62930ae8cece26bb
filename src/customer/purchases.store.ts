import { propertiesOf, type ReceivedMessage } from '../ingest/tracking-event.js';
import type { Tx } from '../platform/database/transactions.js';
import { newId } from '../shared/ids.js';
import { channelOf } from './activity.rules.js';
import { orderContentOf, orderNumberOf } from './order.rules.js';
import { orderReference } from './owned.rules.js';
import type { PurchaseState } from './purchase.entity.js';

// The newest description counts, the earliest time is when it was ordered. An assertion outweighs any claim, which is kept
// without said_at and never touches a row of another record.
const describe = `
  INSERT INTO purchase AS p (id, record_id, source_id, order_number, ordered_at, label, total_minor, currency, channel, lines, said_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
  ON CONFLICT (source_id, order_number) DO UPDATE SET
    ordered_at = least(p.ordered_at, excluded.ordered_at),
    (record_id, label, total_minor, currency, channel, lines, said_at) = (
      SELECT w.record_id, w.label, w.total_minor, w.currency, w.channel, w.lines, w.said_at FROM (
        SELECT 2, p.record_id, p.label, p.total_minor, p.currency, p.channel, p.lines, p.said_at UNION ALL
        SELECT 1, excluded.record_id, excluded.label, excluded.total_minor, excluded.currency, excluded.channel,
          excluded.lines, excluded.said_at
      ) AS w (rank, record_id, label, total_minor, currency, channel, lines, said_at)
      ORDER BY w.said_at DESC NULLS LAST, w.rank LIMIT 1)
  WHERE excluded.said_at IS NOT NULL OR (p.said_at IS NULL AND p.record_id = excluded.record_id)
  RETURNING p.record_id`;

// How an order ended outweighs that it was made, whichever is heard first.
const settle = `
  INSERT INTO purchase AS p (id, record_id, source_id, order_number, ordered_at, label, channel, state)
  VALUES ($1, $2, $3, $4, $5, $4, $6, $7)
  ON CONFLICT (source_id, order_number) DO UPDATE SET state = excluded.state
  WHERE array_position($8::text[], excluded.state) > array_position($8::text[], p.state)
    AND ($9 OR p.record_id = excluded.record_id)
  RETURNING p.record_id`;

const returnLines = `
  UPDATE owned_product o SET until = o.since FROM purchase p
  WHERE p.source_id = $1 AND p.order_number = $2 AND p.state IN ('REFUNDED', 'CANCELLED')
    AND o.source_id = $1 AND starts_with(o.reference, $3) AND o.until IS NULL
  RETURNING o.record_id`;

const rising: readonly PurchaseState[] = ['COMPLETED', 'PARTLY_REFUNDED', 'REFUNDED', 'CANCELLED'];

interface Touched {
  readonly record_id: string;
}

/** Brings one order up to what a message says of it; returns the records that changed. */
export async function writePurchase(tx: Tx, message: ReceivedMessage, recordId: string): Promise<string[]> {
  const { kind, body, source, occurredAt, asserted } = message;
  const properties = propertiesOf(body);
  const number = orderNumberOf(properties);
  if (number === undefined) return [];
  const state = stateOf(message);
  if (state === undefined && kind !== 'order.completed' && kind !== 'order.updated') return [];
  const head = [newId(), recordId, source.id, number, occurredAt];
  let touched: Touched[];
  if (state === undefined) {
    const { label, totalMinor, currency, lines } = orderContentOf(properties);
    const said = asserted ? occurredAt : null;
    const content = [label, totalMinor, currency, channelOf(message), JSON.stringify(lines), said];
    touched = await tx.prepared('purchase-describe', describe, [...head, ...content]);
  } else {
    touched = await tx.prepared('purchase-settle', settle, [...head, channelOf(message), state, rising, asserted]);
  }
  return touched.map((row) => row.record_id);
}

/** Takes back what was bought in an order that was cancelled or refunded; after its owned products are written. */
export async function returnOwned(tx: Tx, message: ReceivedMessage): Promise<string[]> {
  const number = orderNumberOf(propertiesOf(message.body));
  if (number === undefined || !message.kind.startsWith('order.')) return [];
  const values = [message.source.id, number, orderReference(message, number)];
  const touched = await tx.prepared<Touched>('purchase-return-lines', returnLines, values);
  return touched.map((row) => row.record_id);
}

/** A refund that names products is one of those only, as the e-commerce spec has it. */
function stateOf({ kind, body }: ReceivedMessage): PurchaseState | undefined {
  if (kind === 'order.cancelled') return 'CANCELLED';
  if (kind !== 'order.refunded') return undefined;
  const { products } = propertiesOf(body);
  return Array.isArray(products) && products.length > 0 ? 'PARTLY_REFUNDED' : 'REFUNDED';
}
