import { hash } from 'node:crypto';
import type { SourceView } from '../../access/actor.js';
import { newId } from '../../shared/ids.js';
import type { ToQuarantine } from '../intake.js';
import { isBad, judge, type Keepable } from '../judge.rules.js';
import { storable, storableTexts } from '../storable.rules.js';
import type { ReceivedMessage, TrackingEvent } from '../tracking-event.js';
import type { NamedRow } from './import-run.store.js';
import type { ReadRow } from './row-message.rules.js';

/** What a row says that can be kept. */
export interface Taken extends Keepable {
  readonly message: ReceivedMessage;
}

/** A row with all of it that can be found out without the database. */
export interface PreparedRow {
  readonly row: ReadRow;
  readonly named: NamedRow | undefined;
  readonly outcome: Taken | ToQuarantine;
}

/** Finds out of a row what it says and whether it can be kept. */
export function prepareRow(row: ReadRow, source: SourceView, receivedAt: Date): PreparedRow {
  return { row, named: namedRow(row), outcome: judgeRow(row, source, receivedAt) };
}

/** What rows say that can be kept. */
export function messagesOf(rows: readonly PreparedRow[]): ReceivedMessage[] {
  return rows.flatMap(({ outcome }) => ('reason' in outcome ? [] : outcome.message));
}

/** What all rows have in common that are put aside. */
export const aside = { asserted: true, sentAt: null };

function namedRow({ ownId, message, line }: ReadRow): NamedRow | undefined {
  if (ownId === undefined || message?.type !== 'identify') return undefined;
  return { key: bits(ownId), content: bits(message.messageId), line };
}

const eight = new DataView(new ArrayBuffer(8));

/** The first 64 bits of a digest; one that comes as a buffer costs twice as much. */
function bits(text: string): bigint {
  const bytes = hash('sha256', text, 'binary');
  for (let at = 0; at < 8; at += 1) eight.setUint8(at, bytes.charCodeAt(at));
  return eight.getBigInt64(0);
}

function judgeRow({ line, message, text, bad }: ReadRow, source: SourceView, receivedAt: Date): Taken | ToQuarantine {
  if (message === undefined || text === undefined)
    return { ...(bad ?? { reason: 'names-nobody', detail: '', text: '' }), ...aside };
  const isOfTexts = message.type === 'identify';
  const body = (isOfTexts ? storableTexts(message, text) : storable(text)) as TrackingEvent;
  const judged = judge({ text, depth: 4 }, body, {
    receivedAt,
    asserts: true,
    sentAt: undefined,
    vouches: () => false,
  });
  if (!isBad(judged)) {
    const { kind, occurredAt, asserted } = judged;
    return { ...judged, message: { id: newId(), receivedAt, occurredAt, source, asserted, kind, body } };
  }
  return { ...judged, detail: `Line ${line}: ${judged.detail}`, text, ...aside };
}
