import type { SourceView } from '../../access/actor.js';
import type { Tx } from '../../platform/database/transactions.js';
import { keepMessages, type Intake, type ToQuarantine } from '../intake.js';
import type { Projections } from '../projections.js';
import type { ReceivedMessage } from '../tracking-event.js';
import { type EarlierRow, earlierRows, type ImportRun } from './import-run.store.js';
import { aside, type PreparedRow, type Taken } from './prepare-row.js';
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

/** Keeps rows and makes of them what every room needs, all in one transaction; says what became of them. */
export async function writeRows(writing: Writing, rows: readonly PreparedRow[]): Promise<Counts> {
  const { tx, source, run, intake, receivedAt } = writing;
  const named = rows.flatMap((row) => row.named ?? []);
  const earlier = await earlierRows(tx, run, named);
  const good: Taken[] = [];
  const bad: ToQuarantine[] = [];
  for (const row of rows) {
    const outcome = outcomeOf(row, earlier);
    if ('reason' in outcome) bad.push({ ...outcome, place: row.row.line });
    else good.push(outcome);
  }
  await intake.putAside(tx, source, bad.map(asKept), receivedAt);
  const messages = await keep(tx, source, good);
  await writing.projections.run(tx, messages);
  return counted(rows.length, messages, good, bad);
}

/** What becomes of a row, given the rows by whose id the file had its person before. */
export function outcomeOf(
  { row, outcome }: PreparedRow,
  earlier: ReadonlyMap<number, EarlierRow>,
): PreparedRow['outcome'] {
  return contradiction(row, earlier.get(row.line)) ?? outcome;
}

/** The row of a person who stood in the file before, if it says something else. */
function contradiction({ line, message, ownId }: ReadRow, earlier: EarlierRow | undefined): ToQuarantine | undefined {
  if (earlier === undefined || earlier.same) return undefined;
  const detail = `Line ${line}: line ${earlier.line} has the id "${ownId?.slice(0, 60)}" already and says something else.`;
  return { reason: 'duplicate-id', detail, text: JSON.stringify(message), ...aside };
}

const longestKept = 64 * 1024;

/** Of a row that is far too large the beginning says enough. */
function kept(text: string): string {
  return text.length <= longestKept ? text : `${text.slice(0, longestKept)}… (${text.length} characters)`;
}

/** A bad row as PostgreSQL can keep it. */
function asKept(bad: ToQuarantine): ToQuarantine {
  return { ...bad, text: kept(clean(bad.text)), detail: clean(bad.detail) };
}

function clean(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}

/** Keeps messages that were not kept before and returns those, in the order in which they happened. */
async function keep(tx: Tx, source: SourceView, good: readonly Taken[]): Promise<ReceivedMessage[]> {
  const distinct = [...new Map(good.map((each) => [each.messageId, each])).values()];
  const [first] = distinct;
  if (first === undefined) return [];
  const rows = await tx.prepared<{ id: string }>('intake-keep', keepMessages, [
    source.id,
    first.message.receivedAt,
    distinct.map((each) => each.message.id),
    distinct.map((each) => each.messageId),
    distinct.map((each) => each.kind),
    distinct.map((each) => each.occurredAt),
    distinct.map((each) => each.asserted),
    `[${distinct.map((each) => each.text).join(',')}]`,
  ]);
  const fresh = new Set(rows.map((row) => row.id));
  return distinct
    .map(({ message }) => message)
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
  let review = 0;
  for (const { recordId, customerId, isNewRecord, questions = 0 } of messages) {
    review += questions;
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
    review,
    rejected: bad.length,
    orders: messages.filter(({ kind }) => kind.startsWith('order.')).length,
    contacts: messages.filter(({ kind }) => kind === 'contact').length,
    reasons,
  };
}
