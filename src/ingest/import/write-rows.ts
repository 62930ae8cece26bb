import { createHash } from 'node:crypto';
import type { SourceView } from '../../access/actor.js';
import type { Tx } from '../../platform/database/transactions.js';
import { newId } from '../../shared/ids.js';
import { keepMessages, type Intake, type ToQuarantine } from '../intake.js';
import { isBad, judge, type Keepable } from '../judge.rules.js';
import type { Projections } from '../projections.js';
import { storable } from '../storable.rules.js';
import type { ReceivedMessage, TrackingEvent } from '../tracking-event.js';
import { earlierRows, type ImportRun, type NamedRow } from './import-run.store.js';
import { noCounts, type Counts } from './progress.js';
import type { ReadRow } from './row-message.rules.js';

/** What rows are written with. */
export interface Writing {
  readonly tx: Tx;
  readonly source: SourceView;
  readonly run: ImportRun;
  readonly intake: Intake;
  readonly projections: Projections;
  readonly receivedAt: Date;
}

interface Taken extends Keepable {
  readonly body: TrackingEvent;
}

/** Keeps rows and makes of them what every room needs, all in one transaction; says what became of them. */
export async function writeRows(writing: Writing, rows: readonly ReadRow[]): Promise<Counts> {
  const { tx, source, run, receivedAt } = writing;
  const earlier = await earlierRows(tx, run, rows.flatMap(namedRow));
  const good: Taken[] = [];
  const bad: ToQuarantine[] = [];
  for (const row of rows) {
    const outcome = judgeRow(row, earlier.get(row.line), receivedAt);
    if ('reason' in outcome) bad.push(outcome);
    else good.push(outcome);
  }
  await putAsideOnce(writing, bad);
  const messages = await keep(tx, source, good, receivedAt);
  await writing.projections.run(tx, messages);
  return counted(rows.length, messages, good, bad);
}

function namedRow({ ownId, message, line }: ReadRow): NamedRow[] {
  if (ownId === undefined || message?.type !== 'identify') return [];
  return [{ key: bits(ownId), content: bits(message.messageId), line }];
}

function bits(text: string): bigint {
  return createHash('sha256').update(text).digest().readBigInt64BE(0);
}

function judgeRow(
  { line, message, bad, ownId }: ReadRow,
  earlier: { line: number; same: boolean } | undefined,
  receivedAt: Date,
): Taken | ToQuarantine {
  const aside = { asserted: true, sentAt: null };
  if (message === undefined) return { ...(bad ?? { reason: 'names-nobody', detail: '', text: '' }), ...aside };
  const text = JSON.stringify(message);
  if (earlier !== undefined && !earlier.same) {
    const detail = `Line ${line}: line ${earlier.line} has the id "${ownId?.slice(0, 60)}" already and says something else.`;
    return { reason: 'duplicate-id', detail, text, ...aside };
  }
  const body = storable(text) as TrackingEvent;
  const judged = judge({ text, depth: 4 }, body, {
    receivedAt,
    asserts: true,
    sentAt: undefined,
    vouches: () => false,
  });
  if (!isBad(judged)) return { ...judged, body };
  return { ...judged, detail: `Line ${line}: ${judged.detail}`, text: kept(text), ...aside };
}

const longestKept = 64 * 1024;

/** Of a row that is far too large the beginning says enough. */
function kept(text: string): string {
  return text.length <= longestKept ? text : `${text.slice(0, longestKept)}… (${text.length} characters)`;
}

/** A bad row is put aside once, however often its file is imported: its key is kept like that of a message. */
async function putAsideOnce({ tx, source, intake, receivedAt }: Writing, bad: readonly ToQuarantine[]): Promise<void> {
  if (bad.length === 0) return;
  const keyed = new Map(
    bad.map((each) => [
      `import-bad-${createHash('sha256').update(`${each.reason}\n${each.text}`).digest('base64url')}`,
      { ...each, text: kept(each.text.replaceAll('\0', '').toWellFormed()), detail: clean(each.detail) },
    ]),
  );
  const fresh = await tx.query<{ message_id: string }>(
    `INSERT INTO message_key (source_id, message_id) SELECT $1, unnest($2::text[]) ORDER BY 2
     ON CONFLICT DO NOTHING RETURNING message_id`,
    [source.id, [...keyed.keys()]],
  );
  await intake.putAside(
    tx,
    source,
    fresh.flatMap(({ message_id: id }) => keyed.get(id) ?? []),
    receivedAt,
  );
}

function clean(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

/** Keeps messages that were not kept before and returns those, in the order in which they happened. */
async function keep(tx: Tx, source: SourceView, good: readonly Taken[], receivedAt: Date): Promise<ReceivedMessage[]> {
  const distinct = [...new Map(good.map((each) => [each.messageId, each])).values()];
  if (distinct.length === 0) return [];
  const ids = distinct.map(() => newId());
  const rows = await tx.prepared<{ id: string }>('intake-keep', keepMessages, [
    source.id,
    receivedAt,
    ids,
    distinct.map((each) => each.messageId),
    distinct.map((each) => each.kind),
    distinct.map((each) => each.occurredAt),
    distinct.map((each) => each.asserted),
    `[${distinct.map((each) => each.text).join(',')}]`,
  ]);
  const fresh = new Set(rows.map((row) => row.id));
  return distinct
    .map(({ kind, occurredAt, asserted, body }, index) => {
      return { id: ids[index] as string, receivedAt, occurredAt, source, asserted, kind, body };
    })
    .filter(({ id }) => fresh.has(id))
    .sort((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime() || (a.id < b.id ? -1 : 1));
}

function counted(
  rows: number,
  messages: readonly ReceivedMessage[],
  good: readonly Taken[],
  bad: readonly ToQuarantine[],
): Counts {
  const created = new Map<string, string | undefined>();
  for (const { recordId, customerId, isNewRecord } of messages) {
    if (isNewRecord === true && recordId !== undefined) created.set(recordId, customerId);
  }
  const reasons: Record<string, number> = {};
  for (const { reason } of bad) reasons[reason] = (reasons[reason] ?? 0) + 1;
  return {
    ...noCounts,
    rows,
    new: created.size,
    changed: messages.length - created.size,
    unchanged: good.length - messages.length,
    // A customer bears the id of her first record; a new record of another customer has joined her.
    joined: [...created].filter(([recordId, customerId]) => recordId !== customerId).length,
    rejected: bad.length,
    orders: messages.filter(({ kind }) => kind.startsWith('order.')).length,
    contacts: messages.filter(({ kind }) => kind === 'contact').length,
    reasons,
  };
}
