import { Injectable } from '@nestjs/common';
import type { Transactions, Tx } from '../platform/database/transactions.js';
import { Outbox } from '../platform/outbox/outbox.js';
import { Clock } from '../shared/clock.js';
import { bearersOf, blockable, type Blocking, deleteBlocked, insertBlocked, keysBorne } from './block/blocked.store.js';
import { type Found, findBearers, keysOf, type Reads, type Sought } from './find.query.js';
import { identifierKinds } from './identifier-kinds.js';
import {
  breathOf,
  insertJudgements,
  isSaidAlready,
  isVisitOf,
  type Judge,
  type Judging,
  revokeDifferences,
  unsay,
  visitsOf,
} from './judge/judgement.store.js';
import { WhileImporting } from './known/while-importing.js';
import { listOvergrown } from './overgrown/overgrown.store.js';
import { settleOvergrown, type Settled } from './overgrown/settle-overgrown.js';
import { valueId } from './partition/live-record.js';
import { lockKeys } from './record/lock-keys.js';
import { lockNamesOf } from './record/match-keys.js';
import type { Observation, Observed } from './record/observation.js';
import type { StoredRecord } from './record/record.rules.js';
import { readById, readFellows } from './record/record.store.js';
import { Presence } from './presence.js';
import { Decisions } from './resolve/decisions.js';
import { companions, customersOf } from './resolve/membership.query.js';
import { lockCustomerOf, lockCustomers } from './resolve/membership.store.js';
import { compareAnew, observe, unchanged } from './resolve/observe.js';
import { remove } from './resolve/remove.js';
import { withdraw } from './withdraw.js';

/** Who said it: keeps records, and decides who is one customer. It works in the caller's transaction. */
@Injectable()
export class IdentityService {
  private readonly decisions: Decisions;
  private readonly importing = new WhileImporting();

  constructor(
    clock: Clock,
    private readonly outbox: Outbox,
    presence: Presence,
  ) {
    this.decisions = new Decisions(clock, outbox, presence);
  }

  /**
   * Keeps what sources say of people, a batch at once, and resolves it; results in the order of the observations.
   * With `same`, the first is at once judged to be of one person with another record, in one resolution instead of
   * two; the caller holds `lockPerson` of that record.
   */
  async observe(
    tx: Tx,
    observations: readonly Observation[],
    same?: Omit<Judging, 'a' | 'verdict'>,
  ): Promise<Observed[]> {
    return observations.length === 0
      ? []
      : observe(tx, this.decisions, observations, { same, importing: this.importing });
  }

  /** An import begins that brings about so many rows: what is known of all records is read into memory, where that is worth it. */
  beginImport(transactions: Transactions, rows: number): Promise<void> {
    return this.importing.begin(transactions, rows);
  }

  /** The import has ended. */
  endImport(): void {
    this.importing.end();
  }

  /**
   * A person's word on two records; it outranks the machine and earlier words. *Different* sets `a`, with the visits on
   * which she was greeted as `a`, apart from every other record of the customer of `b`; *same* takes back what had set
   * anything of the one customer apart from anything of the other, or of a visit's own record that alone. What somebody
   * says once more is kept once.
   */
  async judge(tx: Tx, judging: Judging): Promise<void> {
    const { a, b, verdict, by } = judging;
    const { own, others } = await circlesOf(tx, judging);
    const before = await this.lockedRecords(tx, [...new Set([...own, ...others])]);
    await lockCustomers(tx, [...new Set((await customersOf(tx, [a, b])).values())]);
    if (![a, b].every((id) => before.some((record) => record.id === id))) throw new Overtaken();
    sameAsBefore({ own, others }, await circlesOf(tx, judging));
    const now = this.decisions.now();
    const together = verdict === 'different' ? others : [b];
    const tookBack = verdict === 'same' && (await revokeDifferences(tx, { own, others, by, now }));
    if (tookBack || !(await isSaidAlready(tx, judging, together))) await insertJudgements(tx, judging, together, now);
    await this.decisions.decide(tx, unchanged(before), [a, b], `judged ${verdict}`);
  }

  /**
   * Takes back a judgement in force, with all that was said in the same breath, and nobody else's word; a *different* that it had
   * taken back is in force again.
   */
  async revoke(tx: Tx, judgementId: string, by: Judge): Promise<void> {
    const breath = await breathOf(tx, judgementId);
    // Somebody else has taken it back since the caller saw it in force.
    if (breath.said.length === 0) throw new Overtaken();
    const pairs = [...breath.said, ...breath.tookBack];
    const before = await this.lockedRecords(tx, [...new Set(pairs.flatMap(({ lo, hi }) => [lo, hi]))]);
    sameAsBefore(breath, await breathOf(tx, judgementId));
    await unsay(tx, breath, by, this.decisions.now());
    const named = breath.said.filter(({ id }) => id === judgementId).flatMap(({ lo, hi }) => [lo, hi]);
    await this.decisions.decide(tx, unchanged(before), named, 'judgement revoked');
  }

  /** Says that something about the customers of these records is new. */
  async touch(tx: Tx, recordIds: readonly string[]): Promise<void> {
    await this.decisions.touch(tx, recordIds);
  }

  /** Records that bear a value which may identify; claims after assertions. */
  find(db: Reads, sought: readonly Sought[], options: { assertedOnly?: boolean } = {}): Promise<Found[]> {
    return findBearers(db, sought, identifierKinds, options);
  }

  /** Waits its turn for values that somebody states, so that two who state the same at once do not both find nobody. */
  async lockStated(tx: Tx, sought: readonly Sought[]): Promise<void> {
    const keys = await keysOf(tx, sought, identifierKinds);
    await lockKeys(
      tx,
      keys.map(({ kind, key }) => `stated ${valueId(kind, key)}`),
    );
  }

  /** Forgets records as if they had never been, and resolves those they held together. */
  async remove(tx: Tx, recordIds: readonly string[]): Promise<void> {
    await remove(tx, this.decisions, await this.lockedRecords(tx, recordIds));
  }

  /** Compares these records anew with everybody they could meet, by the model that scores now, and decides what follows. */
  async compareAnew(tx: Tx, recordIds: readonly string[]): Promise<void> {
    await compareAnew(tx, this.decisions, await this.lockedRecords(tx, recordIds));
  }

  /** Takes back that a record bears these values: they were somebody else's. */
  async withdraw(tx: Tx, recordId: string, values: readonly { kind: string; key: string }[]): Promise<void> {
    if (values.length === 0) return;
    const [before] = await this.lockedRecords(tx, [recordId]);
    if (before) await withdraw(tx, this.decisions, before, values);
  }

  /** Declares a value to be a place's or a member of staff's: from now on it identifies nobody, and never did. */
  async block(tx: Tx, blocking: Blocking): Promise<void> {
    const value = blockable(blocking, identifierKinds);
    const before = await this.lockedBearers(tx, value);
    const now = this.decisions.now();
    await insertBlocked(tx, { ...value, reason: blocking.reason, storeId: blocking.storeId, now });
    await this.decisions.decide(tx, unchanged(before), [], 'value blocked');
    if ((await listOvergrown(tx)).length > 0) await this.outbox.add(tx, 'component.overgrown', {});
  }

  /** Takes back that a value is a place's. */
  async unblock(tx: Tx, { kind, value: raw }: { kind: string; value: string }): Promise<void> {
    const value = blockable({ kind, value: raw }, identifierKinds);
    const before = await this.lockedBearers(tx, value);
    await deleteBlocked(tx, value);
    await this.decisions.decide(tx, unchanged(before), [], 'value unblocked');
  }

  /** The customer a record belongs to now. */
  async customerOf(db: Pick<Tx, 'prepared'>, recordId: string): Promise<string | undefined> {
    return (await customersOf(db, [recordId])).get(recordId);
  }

  /** Locks a customer until the transaction ends and returns her present id, which a merge may have changed. */
  async lockCustomer(tx: Tx, customerId: string): Promise<string> {
    const id = await this.presentId(tx, customerId);
    await lockCustomers(tx, [id]);
    const after = await this.presentId(tx, customerId);
    return after === id ? id : this.lockCustomer(tx, after);
  }

  /**
   * Locks whoever a record belongs to until the transaction ends and returns her id. With a judgement to follow her
   * values are locked first, in the order of every resolution, so that nobody waits in a circle.
   */
  async lockPerson(tx: Tx, recordId: string, { toJudge }: { toJudge: boolean }): Promise<string | undefined> {
    if (toJudge) await lockKeys(tx, (await readFellows(tx, recordId)).flatMap(allNamesOf));
    for (;;) {
      const { locked, present } = await lockCustomerOf(tx, recordId);
      if (locked === present) return present;
    }
  }

  /** The present id of a customer who may have been known under another one. */
  async presentId(db: Reads, customerId: string): Promise<string> {
    const [alias] = await db.query<{ customer_id: string }>(
      'SELECT customer_id FROM customer_alias WHERE alias_id = $1',
      [customerId],
    );
    return alias?.customer_id ?? customerId;
  }

  /** Decides an overgrown component, as far as that is possible; what is known of it is kept while it is too large. */
  async settleOvergrown(tx: Tx, recordId: string): Promise<Settled> {
    return settleOvergrown(tx, this.decisions, recordId, await this.lockedRecords(tx, [recordId]));
  }

  /** The records that bear a value, in any scope, with its lock, so that nobody comes to bear it meanwhile, and those of all they hold. */
  private async lockedBearers(tx: Tx, { kind, key }: { kind: string; key: string }): Promise<StoredRecord[]> {
    const keys = await keysBorne(tx, { key });
    await lockKeys(
      tx,
      keys.map((one) => valueId(kind, one)),
    );
    return this.lockedRecords(tx, await bearersOf(tx, kind, keys));
  }

  /** Records as they are, with the locks of all they hold; once their names are locked, nobody gives them more. */
  private async lockedRecords(tx: Tx, ids: readonly string[]): Promise<StoredRecord[]> {
    await lockKeys(tx, (await readById(tx, ids)).flatMap(allNamesOf));
    const records = await readById(tx, ids);
    await lockKeys(tx, records.flatMap(allNamesOf));
    return records;
  }
}

/** The record's own name, under which its source speaks of it, and those of all it holds. */
function allNamesOf(record: StoredRecord): (string | number)[] {
  return [`${record.sourceId} ${record.sourceKey}`, ...lockNamesOf(record)];
}

/** Whom a judgement concerns: the records of the customer of `a`, as far as it speaks for them, and those of the customer of `b`. */
async function circlesOf(tx: Tx, judging: Judging): Promise<{ own: string[]; others: string[] }> {
  const { a, b, verdict } = judging;
  const hers = verdict === 'different' ? await visitsOf(tx, a) : new Set<string>();
  const others = (await companions(tx, a, b)).filter((id) => id === b || !hers.has(id));
  const own = verdict === 'same' && !(await isVisitOf(tx, judging)) ? await companions(tx, b, a) : [a];
  return { own, others };
}

/** What was read before one waited for the locks has to be so still. */
function sameAsBefore(before: object, now: object): void {
  if (JSON.stringify(before) !== JSON.stringify(now)) throw new Overtaken();
}

/** Somebody changed what the transaction is about while it waited; it is run anew, as the code of PostgreSQL asks for. */
class Overtaken extends Error {
  readonly code = '40001';

  constructor() {
    super('Somebody else changed this meanwhile; the transaction is run anew.');
  }
}
