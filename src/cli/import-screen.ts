import type { ImportPlan, Summary } from '../ingest/import/importer.js';
import type { Counts, Progress } from '../ingest/import/progress.js';
import type { Rehearsal } from '../ingest/import/rehearse.js';
import { seconds } from '../shared/clock.js';
import type { Desk } from './desk.js';

const barWidth = 24;
/** Milliseconds between two lines where nobody watches, and between two pictures where somebody does. */
const betweenLines = seconds(5);
const betweenPictures = 200;

/** What somebody sees of an import: how the file is read, how far it is, what it came to. */
export class ImportScreen {
  private readonly started: number;
  private shown: number;
  private isDrawn = false;

  constructor(
    private readonly desk: Desk,
    private readonly isForProgram: boolean,
    private readonly terminal: { readonly isTTY?: boolean; write(text: string): unknown } = process.stderr,
  ) {
    this.started = desk.clock.now().getTime();
    this.shown = this.started;
  }

  /** Shows how the file is going to be read. */
  plan(plan: ImportPlan): void {
    if (this.isForProgram) return;
    for (const line of planned(plan)) this.desk.remark(line);
  }

  /** Shows how far it is: a bar on a terminal, now and then a line elsewhere. */
  progress(progress: Progress): void {
    if (this.isForProgram) return;
    const now = this.desk.clock.now().getTime();
    if (now - this.shown < (this.terminal.isTTY === true ? betweenPictures : betweenLines)) return;
    this.shown = now;
    const line = progressLine(progress, now - this.started);
    if (this.terminal.isTTY !== true) return this.desk.remark(line);
    const done = Math.round(barWidth * share(progress));
    this.terminal.write(`\r[${'█'.repeat(done)}${' '.repeat(barWidth - done)}] ${line}\u001b[K`);
    this.isDrawn = true;
  }

  /** Says what it came to. */
  summary(summary: Summary, plan: ImportPlan): void {
    this.leaveBar();
    const text = [
      ...(summary.continuedAfter > 0 ? [`Continued after row ${summary.continuedAfter}.`] : []),
      ...countLines(summary),
      `Took ${(summary.milliseconds / seconds(1)).toFixed(1)} s.`,
      ...(summary.rejected > 0 ? ['Rejected rows are in quarantine: "npx foyer quarantine list".'] : []),
    ];
    this.desk.answer({ json: this.isForProgram }, { json: { ...summary, mapping: columnsOf(plan) }, text });
  }

  /** Says what it would come to. */
  rehearsal(rehearsal: Rehearsal, plan: ImportPlan): void {
    const { first, messages, rows, rejected, reasons } = rehearsal;
    const text = [
      `The first ${first.rows} rows would be: ${first.new} new, ${first.changed} changed, ${first.unchanged} unchanged, ${first.joined} joined, ${first.review} for review, ${first.rejected} rejected.`,
      `The file has ${rows} rows; ${rejected} are bad${reasonsOf(reasons)}.`,
      ...messages.map((message) => `  ${JSON.stringify(message)}`),
      'Nothing was changed.',
    ];
    this.desk.answer({ json: this.isForProgram }, { json: { ...rehearsal, mapping: columnsOf(plan) }, text });
  }

  private leaveBar(): void {
    if (this.isDrawn) this.terminal.write('\r\u001b[K');
    this.isDrawn = false;
  }
}

function planned({ file, format, delimiter, source, mapping }: ImportPlan): string[] {
  const kind =
    format === 'csv' ? `CSV (cells parted by ${delimiter === '\t' ? 'tabs' : (delimiter ?? ',')})` : 'JSON Lines';
  const width = Math.max(...mapping.columns.map(({ heading }) => heading.length));
  return [
    `${kind}${file.gzip ? ', gzip' : ''}, ${file.size} bytes, ${file.encodingNote}.`,
    `Rows tell of ${mapping.kind}, of source ${source.code}:`,
    ...mapping.columns.map(({ heading, field }) => `  ${heading.padEnd(width)}  ${field ?? '(left out)'}`),
    ...Object.entries(mapping.constants).map(([field, value]) => `  every row has ${field} ${value}`),
  ];
}

function columnsOf({ mapping }: ImportPlan): Record<string, string | null> {
  return Object.fromEntries(mapping.columns.map(({ heading, field }) => [heading, field ?? null]));
}

function share({ bytesRead, size }: Progress): number {
  return size === 0 ? 1 : Math.min(1, bytesRead / size);
}

/** Rate and time left, by the rows of this run alone: those that were in before it continued cost next to nothing. */
export function progressLine(progress: Progress, elapsed: number): string {
  const { counts, skipped } = progress;
  const rate = elapsed === 0 ? 0 : ((counts.rows - skipped) * seconds(1)) / elapsed;
  const part = share(progress);
  const ownPart = counts.rows === 0 ? 0 : (part * (counts.rows - skipped)) / counts.rows;
  const left = ownPart <= 0 ? undefined : (elapsed * (1 - part)) / ownPart;
  return `${Math.floor(part * 100)} %  ${counts.rows} rows  ${Math.round(rate)} rows/s  ${left === undefined ? '' : `${span(left)} left`}`;
}

function span(milliseconds: number): string {
  const whole = Math.ceil(milliseconds / seconds(1));
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${whole % 60} s` : `${whole} s`;
}

function countLines(counts: Counts): string[] {
  const { rows, new: fresh, changed, unchanged, joined, review, rejected, orders, contacts, reasons } = counts;
  return [
    `Rows ${rows}: ${fresh} new, ${changed} changed, ${unchanged} unchanged, ${joined} joined, ${review} for review, ${rejected} rejected${reasonsOf(reasons)}.`,
    ...(orders + contacts > 0 ? [`Among them ${orders} orders and ${contacts} contacts.`] : []),
  ];
}

function reasonsOf(reasons: Readonly<Record<string, number>>): string {
  const parts = Object.entries(reasons).map(([reason, count]) => `${count} ${reason}`);
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}
