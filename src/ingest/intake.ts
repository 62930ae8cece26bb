import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/transactions.js';
import { Outbox } from '../platform/outbox/outbox.js';
import { newId } from '../shared/ids.js';
import { messagesPerEvent } from './ingest.events.js';
import type { BadReason, Keepable } from './judge.rules.js';

/** A message that goes to quarantine. */
export interface ToQuarantine {
  readonly reason: BadReason;
  readonly detail: string;
  readonly text: string;
  readonly asserted: boolean;
  readonly sentAt: Date | null;
  /** The line of the file in which it came: rows that say the same are put aside each. */
  readonly place?: number;
}

/** The source a message is of, as far as keeping it needs. */
export interface SourceRef {
  readonly id: string;
}

/**
 * Keeps messages that were not kept before. The bodies travel as one JSON list and are cut by PostgreSQL, which keeps each as it
 * was written. Keys are taken in one order by everybody, so that two batches with the same messages do not lock each other out.
 */
export const keepMessages = `
  WITH said AS (
    SELECT * FROM ROWS FROM (
      unnest($3::uuid[], $4::text[], $5::text[], $6::timestamptz[], $7::boolean[]), json_array_elements($8::json)
    ) AS s (id, message_id, kind, occurred_at, asserted, body)
  ), fresh AS (
    INSERT INTO message_key (source_id, message_id) SELECT $1, message_id FROM said ORDER BY message_id
    ON CONFLICT DO NOTHING RETURNING message_id
  )
  INSERT INTO message (id, received_at, source_id, message_id, kind, occurred_at, asserted, body)
  SELECT id, $2, $1, message_id, kind, occurred_at, asserted, body FROM said JOIN fresh USING (message_id)
  RETURNING id`;

/** The door for everything that is said: kept verbatim, once, with the event that makes it understood. */
@Injectable()
export class Intake {
  constructor(private readonly outbox: Outbox) {}

  /** Keeps messages that were not kept before; of equal ids the first counts. Returns the ids of the fresh ones. */
  async keep(tx: Tx, source: SourceRef, messages: readonly Keepable[], receivedAt: Date): Promise<string[]> {
    const ids = await this.keepUnderstood(tx, source, messages, receivedAt);
    await this.announce(tx, ids);
    return ids;
  }

  /** Keeps messages like `keep`, for a caller that makes their rows itself in the same transaction. */
  async keepUnderstood(tx: Tx, source: SourceRef, messages: readonly Keepable[], receivedAt: Date): Promise<string[]> {
    const distinct = [...new Map(messages.toReversed().map((each) => [each.messageId, each])).values()].reverse();
    if (distinct.length === 0) return [];
    const rows = await tx.prepared<{ id: string }>('intake-keep', keepMessages, [
      source.id,
      receivedAt,
      distinct.map(() => newId()),
      distinct.map((each) => each.messageId),
      distinct.map((each) => each.kind),
      distinct.map((each) => each.occurredAt),
      distinct.map((each) => each.asserted),
      `[${distinct.map((each) => each.text).join(',')}]`,
    ]);
    return rows.map((row) => row.id);
  }

  /** Has messages understood that are kept already. */
  async announce(tx: Tx, ids: readonly string[]): Promise<void> {
    const payloads = [];
    for (let at = 0; at < ids.length; at += messagesPerEvent) {
      payloads.push({ messageIds: ids.slice(at, at + messagesPerEvent) });
    }
    await this.outbox.addAll(tx, 'messages.received', payloads);
  }

  /** Puts aside what cannot be kept, once however often it is sent: its key is kept like that of a message. */
  async putAside(tx: Tx, source: SourceRef, bad: readonly ToQuarantine[], receivedAt: Date): Promise<void> {
    if (bad.length === 0) return;
    const keyed = [...new Map(bad.map((each) => [keyOf(each), each]))];
    const distinct = keyed.map(([, each]) => each);
    await tx.query(
      `WITH aside AS (
         SELECT * FROM unnest($3::uuid[], $4::text[], $5::text[], $6::boolean[], $7::text[], $8::timestamptz[], $9::text[])
           AS said (id, reason, detail, asserted, body, sent_at, key)
       ), fresh AS (
         INSERT INTO message_key (source_id, message_id) SELECT $1, key FROM aside ORDER BY key
         ON CONFLICT DO NOTHING RETURNING message_id
       )
       INSERT INTO quarantine (id, source_id, received_at, reason, detail, asserted, body, sent_at)
       SELECT id, $1, $2, reason, detail, asserted, body, sent_at FROM aside JOIN fresh ON message_id = key`,
      [
        source.id,
        receivedAt,
        distinct.map(() => newId()),
        distinct.map((each) => each.reason),
        distinct.map((each) => each.detail),
        distinct.map((each) => each.asserted),
        distinct.map((each) => each.text),
        distinct.map((each) => each.sentAt),
        keyed.map(([key]) => key),
      ],
    );
  }
}

function keyOf({ reason, text, place }: ToQuarantine): string {
  const said = place === undefined ? `${reason}\n${text}` : `${reason}\n${place}\n${text}`;
  return `aside-${createHash('sha256').update(said).digest('base64url')}`;
}
