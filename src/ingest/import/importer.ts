import { Injectable } from '@nestjs/common';
import type { SourceView } from '../../access/actor.js';
import { Database } from '../../platform/database/database.js';
import { Transactions } from '../../platform/database/transactions.js';
import { priorities } from '../../platform/outbox/outbox.js';
import { Clock } from '../../shared/clock.js';
import { Intake } from '../intake.js';
import { Projections } from '../projections.js';
import { isNoRowsFault, unresolvable } from './blame.js';
import { ImportFault } from './import-fault.js';
import { advanceRun, finishRun, forgetRun, openRun, type ImportRun } from './import-run.store.js';
import { digestOf, inspectFile, type InspectedFile } from './inspect-file.js';
import { guessMapping, type Mapping, type Override } from './mapping.rules.js';
import { plus, type Counts, type Progress } from './progress.js';
import { openRows, type OpenFile } from './read-rows.js';
import { type PreparedRow, prepareRow } from './prepare-row.js';
import type { Chunk, Reading } from './prepared-rows.js';
import { rehearse, type Rehearsal } from './rehearse.js';
import { rowsAhead } from './row-source.js';
import { writeRows, type Writing } from './write-rows.js';

/** Rows of one transaction: enough to share its cost, few enough that nobody in a store waits long for it. */
const rowsAtOnce = 1000;

/** Bytes of a row, and of one that is packed: as few as there are in a file of short rows. */
const [rowBytes, packedRowBytes] = [50, 15];

/** About how many rows a file has. */
function rowsIn({ size, gzip }: InspectedFile): number {
  return Math.ceil(size / (gzip ? packedRowBytes : rowBytes));
}

/** How a file is going to be imported; shown before it begins. */
export interface ImportPlan {
  readonly file: InspectedFile;
  readonly format: OpenFile['format'];
  readonly delimiter?: string;
  readonly source: SourceView;
  readonly mapping: Mapping;
}

/** What an import came to. */
export interface Summary extends Counts {
  /** Rows that were in before this run continued. */
  readonly continuedAfter: number;
  readonly milliseconds: number;
}

/** Takes in whole files of people, orders and contacts: each row as the message that says the same, resolved before it ends. */
@Injectable()
export class Importer {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly intake: Intake,
    private readonly projections: Projections,
    private readonly clock: Clock,
  ) {}

  /** Looks at a file and says how it would be imported; its encoding is guessed unless it is given. @throws ImportFault when it cannot be. */
  async plan(path: string, sourceName: string, override: Override = {}, encoding?: string): Promise<ImportPlan> {
    const source = await this.source(sourceName);
    const file = await inspectFile(path, encoding);
    const opened = await openRows(file);
    await opened.close();
    const { format, delimiter, headings } = opened;
    const mapping = guessMapping(headings, override);
    if (mapping.columns.every(({ field }) => field === undefined))
      throw new ImportFault(
        `No column could be recognised (${headings.slice(0, 20).join(', ')}); say with a map which holds what, as in {"columns":{"${headings[0] ?? 'A'}":"email"}}.`,
      );
    return { file, format, ...(delimiter !== undefined && { delimiter }), source, mapping };
  }

  /** Imports a file, or continues where an earlier attempt was broken off. */
  async run(plan: ImportPlan, onProgress: (progress: Progress) => void = () => undefined): Promise<Summary> {
    const started = this.clock.now();
    const key = {
      sourceId: plan.source.id,
      fileHash: plan.file.hash,
      fileSize: plan.file.size,
      planHash: planHash(plan),
    };
    let run = await this.transactions.run((tx) => openRun(tx, key, started));
    const skipped = run.rowsDone;
    const tell = (bytesRead: number): void =>
      onProgress({ counts: run.counts, skipped, bytesRead, size: plan.file.size });
    await this.projections.beginImport(this.transactions, rowsIn(plan.file) - skipped);
    try {
      for await (const { rows, bytesRead } of this.rowsOf(plan, run)) {
        run = await this.write(plan, run, rows);
        tell(bytesRead);
      }
    } finally {
      this.projections.endImport();
    }
    await this.transactions.run((tx) => finishRun(tx, run, this.clock.now()));
    tell(plan.file.size);
    const milliseconds = this.clock.now().getTime() - started.getTime();
    return { ...run.counts, continuedAfter: skipped, milliseconds };
  }

  /** The rows that are not in yet; of a file that breaks off nothing is noted, since it comes again as another one. */
  private async *rowsOf(plan: ImportPlan, run: ImportRun): AsyncGenerator<Chunk> {
    try {
      yield* rowsAhead(this.reading(plan, run.rowsDone), this.projections, this.clock);
    } catch (error) {
      if (error instanceof ImportFault) await this.transactions.run((tx) => forgetRun(tx, run));
      throw error;
    }
  }

  /** Says what an import would come to, and changes nothing. */
  rehearse(plan: ImportPlan): Promise<Rehearsal> {
    const stage = { transactions: this.transactions, surroundings: this.surroundings(plan) };
    return rehearse(stage, () => rowsAhead(this.reading(plan, 0), this.projections, this.clock));
  }

  private reading({ file, mapping, source }: ImportPlan, skip: number): Reading {
    return { file, mapping, source, skip, atOnce: rowsAtOnce };
  }

  /** Rows in one transaction with the note that they are in; where a row cannot be understood, only it is put aside. */
  private async write(plan: ImportPlan, run: ImportRun, rows: readonly PreparedRow[]): Promise<ImportRun> {
    try {
      return await this.writeTogether(plan, run, rows);
    } catch (error) {
      if (isNoRowsFault(error)) throw error;
      if (rows.length > 1) {
        const half = Math.ceil(rows.length / 2);
        return this.write(plan, await this.write(plan, run, rows.slice(0, half)), rows.slice(half));
      }
      return this.writeTogether(
        plan,
        run,
        rows.map(({ row }) => prepareRow(unresolvable(row, error), plan.source, this.clock.now())),
      );
    }
  }

  private async writeTogether(plan: ImportPlan, run: ImportRun, rows: readonly PreparedRow[]): Promise<ImportRun> {
    return this.transactions.run(async (tx) => {
      tx.priority = priorities.bulk;
      // A crash may take the last rows and the note that they are in, both or neither; the end of the run waits for the disk.
      tx.send('import-without-waiting', 'SET LOCAL synchronous_commit = off');
      const counts = await writeRows({ ...this.surroundings(plan), tx, run }, rows);
      const next = { id: run.id, rowsDone: run.rowsDone + rows.length, counts: plus(run.counts, counts) };
      await advanceRun(tx, run, next);
      return next;
    });
  }

  private surroundings({ source }: ImportPlan): Omit<Writing, 'tx' | 'run'> {
    const { intake, projections } = this;
    return { source, intake, projections, receivedAt: this.clock.now() };
  }

  private async source(name: string): Promise<SourceView> {
    const [found] = await this.database.query<SourceView>(
      `SELECT id, code, name, kind, department, country, trusted, store_id AS "storeId" FROM source
       WHERE code = $1 OR id::text = $1`,
      [name],
    );
    if (found === undefined)
      throw new ImportFault(
        `There is no source "${name}"; "npx foyer source list" shows them, "npx foyer source add" adds one.`,
      );
    return found;
  }
}

/** Tells plans for one file apart: by the mapping and, where it was said, the encoding; what is guessed follows from the file. */
function planHash({ file, mapping }: ImportPlan): Buffer {
  return digestOf(JSON.stringify(file.isEncodingSaid ? [mapping, file.encoding] : mapping));
}
