import type { SourceView } from '../../access/actor.js';
import type { MessageKind } from '../kinds.js';
import { storable } from '../storable.rules.js';
import type { ReceivedMessage, TrackingEvent } from '../tracking-event.js';
import type { PreparedRow } from './prepare-row.js';
import type { ReadRow, RowMessage } from './row-message.rules.js';

/**
 * A prepared row as it is sent to another thread. Of one that can be kept only its text is sent and what is not in it: few of the
 * objects made of the text are asked for again, and each costs more to send than its texts. Any other is sent as it is.
 */
export type SentRow =
  | readonly [
      line: number,
      ownId: string | undefined,
      name: bigint | undefined,
      content: bigint | undefined,
      text: string,
      id: string,
      messageId: string,
      kind: MessageKind,
      asserted: boolean,
      receivedAt: Date,
      occurredAt: Date,
    ]
  | PreparedRow;

/** A row as it is sent. */
export function sentRow(prepared: PreparedRow): SentRow {
  const { row, named, outcome } = prepared;
  if ('reason' in outcome) return prepared;
  const { text, messageId, kind, asserted, occurredAt, message } = outcome;
  const { id, receivedAt } = message;
  const { line, ownId } = row;
  return [line, ownId, named?.key, named?.content, text, id, messageId, kind, asserted, receivedAt, occurredAt];
}

/** A row as it was before it was sent; `source` is the one whose row it is. */
export function receivedRow(sent: SentRow, source: SourceView): PreparedRow {
  if ('row' in sent) return sent;
  const [line, ownId, key, content, text, id, messageId, kind, asserted, receivedAt, occurredAt] = sent;
  const message = new MessageOfText(text, id, receivedAt, occurredAt, source, asserted, kind);
  return {
    row: new RowOfText(text, line, ownId),
    named: key === undefined || content === undefined ? undefined : { key, content, line },
    outcome: { messageId, kind, occurredAt, asserted, text, message },
  };
}

/** A row that is read out of its text again when somebody asks what it says. */
class RowOfText implements ReadRow {
  constructor(
    readonly text: string,
    readonly line: number,
    readonly ownId: string | undefined,
  ) {}

  get message(): RowMessage {
    return JSON.parse(this.text) as RowMessage;
  }
}

/** A message that is read when somebody asks what it says. */
class MessageOfText implements ReceivedMessage {
  private read: TrackingEvent | undefined;

  constructor(
    private readonly text: string,
    readonly id: string,
    readonly receivedAt: Date,
    readonly occurredAt: Date,
    readonly source: SourceView,
    readonly asserted: boolean,
    readonly kind: MessageKind,
  ) {}

  get body(): TrackingEvent {
    this.read ??= storable(this.text) as TrackingEvent;
    return this.read;
  }
}
