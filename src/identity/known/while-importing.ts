import { Logger } from '@nestjs/common';
import type { Transactions, Tx } from '../../platform/database/transactions.js';
import { priorities } from '../../platform/outbox/outbox.js';
import { lockRoom } from '../record/lock-keys.js';
import { memory } from '../../platform/postgres/memory.js';
import { type KnownRecord, KnownRecords, mostKnown } from './known-records.js';
import { countOfRecords, readTurns, recordsAfter, type Turns, writtenSince } from './known-records.store.js';

/** Records that may be read for each row to come: to read one costs a fifth of what a row gains among 100,000, and less of what it gains among more. */
const recordsPerRow = 4;

const most = mostKnown(memory);

const firstId = '00000000-0000-0000-0000-000000000000';

/**
 * What an import knows of all records, so that it asks the database for none of them. Each of its transactions has the whole room to itself,
 * and first reads what others have written since the one before: every writing takes a turn, a number of `record_turn`.
 */
export class WhileImporting {
  private readonly log = new Logger('Identity');
  private known: KnownRecords | undefined;
  private turns: Turns = { turn: 0, removal: 0 };
  private readonly asked = new WeakSet<Tx>();

  /** Reads all records, where so many rows are to come that it is worth it. */
  async begin(transactions: Transactions, rows: number): Promise<void> {
    const count = await transactions.run(countOfRecords);
    if (count > rows * recordsPerRow || count > most) return;
    const known = new KnownRecords();
    const turns = await transactions.run(async (tx) => {
      await lockRoom(tx);
      return readTurns(tx);
    });
    for (let last = firstId; ;) {
      const records = await transactions.run((tx) => recordsAfter(tx, last));
      if (records.length === 0) break;
      for (const record of records) known.note(record);
      last = records.at(-1)?.id ?? last;
    }
    this.known = known;
    this.turns = turns;
  }

  /** Forgets all of it: the import has ended. */
  end(): void {
    this.known = undefined;
  }

  /** What is known, for a transaction of an import; it has the whole room to itself from now on. Undefined where the database is to be asked. */
  async knownTo(tx: Tx): Promise<KnownRecords | undefined> {
    if (!this.known || tx.priority !== priorities.bulk || this.asked.has(tx)) return undefined;
    this.asked.add(tx);
    await lockRoom(tx);
    const turns = await readTurns(tx);
    if (turns.removal !== this.turns.removal) this.giveUp('Records were removed meanwhile.');
    else if (turns.turn !== this.turns.turn) this.note(await writtenSince(tx, this.turns.turn));
    this.turns = turns;
    return this.known;
  }

  /** Notes, once it is committed, what a transaction that was told what is known has written of these records. */
  async noteWritten(tx: Tx, records: readonly KnownRecord[]): Promise<void> {
    const { known } = this;
    const turns = await readTurns(tx);
    tx.afterCommit(() => {
      // Another import may have begun meanwhile, which reads it by turns.
      if (known !== this.known) return;
      this.note(records);
      this.turns = turns;
    });
  }

  private note(records: readonly KnownRecord[]): void {
    const { known } = this;
    if (!known) return;
    try {
      if (!records.every((record) => known.note(record))) this.giveUp('A record has keys of an earlier version.');
      else if (known.size > most) this.giveUp('There are too many records.');
    } catch (error) {
      // What is committed stays so; what is known of it would be half of it.
      this.giveUp((error as Error).message);
    }
  }

  private giveUp(why: string): void {
    this.known = undefined;
    this.log.warn(`The import asks the database whom each row could be, which takes longer. ${why}`);
  }
}
