import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/transactions.js';
import { Outbox } from '../platform/outbox/outbox.js';
import { Clock } from '../shared/clock.js';
import { bearersOf, blockable, type Blocking, deleteBlocked, insertBlocked } from './block/blocked.store.js';
import { type Found, findBearers, keysOf, type Reads, type Sought } from './find.query.js';
import { identifierKinds } from './identifier-kinds.js';
import './identity.events.js';
import {
  insertJudgements,
  type Judge,
  judgedTogether,
  type Judging,
  revokeBetween,
  visitsOf,
} from './judge/judgement.store.js';
import { type LiveRecord, valueId } from './partition/live-record.js';
import { lockKeys } from './record/lock-keys.js';
import type { Observation, Observed } from './record/observation.js';
import { liveRecord, lockNamesOf, profileOfRecord, type StoredRecord } from './record/record.rules.js';
import { deleteIdentifiers, deleteRecords, readById, writeIdentifiers, writeRecords } from './record/record.store.js';
import { takeIn } from './record/take-in.js';
import { keepOvergrown, listOvergrown, type Overgrown, replaceOvergrown } from './overgrown/overgrown.store.js';
import { companions, customersOf, fellows } from './resolve/membership.query.js';
import { followRemoved, forgetCustomers, lockCustomers, stampCustomers } from './resolve/membership.store.js';
import type { ComparedRecord } from './resolve/match-key.store.js';
import type { Changed } from './resolve/region.js';
import { rescore } from './resolve/rescore.js';
import { mostTogether, resolve, standAlone } from './resolve/resolve.js';

/** The largest component that is decided at all; beyond, on-call blocks a value first. */
const mostSettled = 5000;

/** Who said it: keeps records, and decides who is one customer. It works in the caller's transaction. */
@Injectable()
export class IdentityService {
  constructor(
    private readonly clock: Clock,
    private readonly outbox: Outbox,
  ) {}

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
    if (observations.length === 0) return [];
    const taken = await takeIn(tx, observations, identifierKinds);
    await writeRecords(
      tx,
      taken.changed.map((change) => change.after),
    );
    await writeIdentifiers(tx, taken.identifiers);
    const [first] = taken.recordIds;
    if (same && first) await insertJudgements(tx, { ...same, a: first, verdict: 'same' }, [same.b], this.clock.now());
    const decisive = taken.changed.filter((change) => change.decisive);
    const rescored = await rescore(
      tx,
      decisive.map(({ before, after }) => ({ id: after.id, isNew: !before, after: compared(after) })),
    );
    const own = new Map(decisive.map((change) => [change.after.id, change.before && liveRecord(change.before)]));
    const changed = await this.withOthers(tx, own, rescored);
    const touched = taken.changed.filter((change) => change.visible).map((change) => change.after.id);
    if (same) touched.push(same.b);
    const customerOf =
      changed.size > 0 ? await this.decide(tx, changed, touched, 'observed') : new Map<string, string>();
    const untold = touched.filter((id) => !customerOf.has(id));
    await this.touch(tx, untold);
    const rest = taken.recordIds.filter((id) => !customerOf.has(id));
    for (const [id, customerId] of await customersOf(tx, rest)) customerOf.set(id, customerId);
    return taken.recordIds.map((recordId) => {
      return { recordId, customerId: customerOf.get(recordId) as string, created: taken.created.has(recordId) };
    });
  }

  /**
   * A person's word on two records; it outranks the machine and earlier words. *Different* sets `a`, with the visits on
   * which she was greeted as `a`, apart from every other record of the customer of `b`; *same* takes back what had set
   * them apart.
   */
  async judge(tx: Tx, judging: Judging): Promise<void> {
    const { a, b, verdict, by } = judging;
    const now = this.clock.now();
    const hers = verdict === 'different' ? await visitsOf(tx, a) : new Set<string>();
    const others = (await companions(tx, a, b)).filter((id) => id === b || !hers.has(id));
    const together = verdict === 'different' ? others : [b];
    const before = await this.lockedRecords(tx, [a, ...others]);
    if (verdict === 'same') await revokeBetween(tx, { a, others, verdict: 'different', by, now });
    await insertJudgements(tx, judging, together, now);
    await this.decide(tx, unchanged(before), [a, b], `judged ${verdict}`);
  }

  /** Takes back what was judged on two records, with all that was said in the same breath. */
  async revoke(tx: Tx, { a, b }: { a: string; b: string }, by: Judge): Promise<void> {
    const others = [...(await judgedTogether(tx, a, b)), ...(await judgedTogether(tx, b, a)).filter((id) => id !== a)];
    const before = await this.lockedRecords(tx, [a, ...others]);
    await revokeBetween(tx, { a, others, by, now: this.clock.now() });
    await revokeBetween(tx, { a: b, others, by, now: this.clock.now() });
    await this.decide(tx, unchanged(before), [a, b], 'judgement revoked');
  }

  /** Says that something about the customers of these records is new. */
  async touch(tx: Tx, recordIds: readonly string[]): Promise<void> {
    if (recordIds.length === 0) return;
    const customers = await customersOf(tx, recordIds);
    const stamps = new Map([...customers.values()].map((id) => [id, { changed: true, lost: false }]));
    if (stamps.size > 0) await stampCustomers(tx, stamps, this.clock.now());
    await this.tell(tx, [...stamps.keys()]);
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
    const before = await this.lockedRecords(tx, recordIds);
    const customers = await customersOf(tx, recordIds);
    const kept = await fellows(tx, [...new Set(customers.values())], recordIds);
    const rescored = await rescore(
      tx,
      before.map(({ id }) => ({ id, isNew: false, after: undefined })),
    );
    await deleteRecords(tx, recordIds);
    const rest = unchanged(await readById(tx, [...new Set([...kept.keys(), ...rescored])]));
    const customerOf = await this.decide(
      tx,
      new Map([...unchanged(before), ...rest]),
      [...kept.keys()],
      'records removed',
      Infinity,
    );
    const heirs = heirsOf(customers, kept, customerOf);
    await followRemoved(tx, heirs, this.clock.now());
    await forgetCustomers(
      tx,
      [...customers.keys()].filter((id) => !heirs.has(id)),
    );
  }

  /** Compares these records anew with everybody they could meet, by the model that scores now, and decides what follows. */
  async compareAnew(tx: Tx, recordIds: readonly string[]): Promise<void> {
    const records = await this.lockedRecords(tx, recordIds);
    await writeRecords(tx, records);
    const anew = records.map((record) => ({ id: record.id, isNew: false, after: compared(record) }));
    const changed = await readById(tx, [...(await rescore(tx, anew))]);
    if (changed.length > 0) await this.decide(tx, unchanged(changed), [], 'model switched');
  }

  /** Takes back that a record bears these values: they were somebody else's. */
  async withdraw(tx: Tx, recordId: string, values: readonly { kind: string; key: string }[]): Promise<void> {
    if (values.length === 0) return;
    const before = await this.lockedRecords(tx, [recordId]);
    await deleteIdentifiers(tx, recordId, values);
    await this.decide(tx, unchanged(before), [recordId], 'values withdrawn');
  }

  /** Declares a value to be a place's or a member of staff's: from now on it identifies nobody, and never did. */
  async block(tx: Tx, blocking: Blocking): Promise<void> {
    const value = blockable(blocking, identifierKinds);
    await lockKeys(tx, [valueId(value.kind, value.key)]);
    const before = await this.lockedRecords(tx, await bearersOf(tx, value));
    await insertBlocked(tx, { ...value, reason: blocking.reason, storeId: blocking.storeId, now: this.clock.now() });
    await this.decide(tx, unchanged(before), [], 'value blocked');
    if ((await listOvergrown(tx)).length > 0) await this.outbox.add(tx, 'component.overgrown', {});
  }

  /** Takes back that a value is a place's. */
  async unblock(tx: Tx, { kind, value: raw }: { kind: string; value: string }): Promise<void> {
    const value = blockable({ kind, value: raw }, identifierKinds);
    await lockKeys(tx, [valueId(value.kind, value.key)]);
    const before = await this.lockedRecords(tx, await bearersOf(tx, value));
    await deleteBlocked(tx, value);
    await this.decide(tx, unchanged(before), [], 'value unblocked');
  }

  /** The customer a record belongs to now. */
  async customerOf(db: Reads, recordId: string): Promise<string | undefined> {
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
    if (toJudge) await this.lockedRecords(tx, await companions(tx, recordId, recordId));
    for (;;) {
      const customerId = await this.customerOf(tx, recordId);
      if (customerId === undefined) return undefined;
      await lockCustomers(tx, [customerId]);
      if ((await this.customerOf(tx, recordId)) === customerId) return customerId;
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
  async settleOvergrown(
    tx: Tx,
    recordId: string,
  ): Promise<{ recordIds: Set<string>; isDecided: boolean; component: Omit<Overgrown, 'since'> | undefined }> {
    const now = this.clock.now();
    const changed = unchanged(await this.lockedRecords(tx, [recordId]));
    const occasion = { tx, kinds: identifierKinds, now, cause: { why: 'overgrown', records: [recordId] } };
    const { region, changed: news, deferred } = await resolve(occasion, changed, new Set(), mostSettled);
    await this.tell(tx, news);
    const isDecided = deferred.length === 0;
    const recordIds = new Set([recordId, ...region.component(recordId)]);
    const held = region.mostHeld(recordIds);
    const component =
      isDecided && recordIds.size <= mostTogether
        ? undefined
        : {
            recordId: [...recordIds].sort()[0] as string,
            records: recordIds.size,
            decidedAt: isDecided ? now : null,
            kind: held?.kind ?? null,
            key: held?.key ?? null,
            holders: held?.holders ?? null,
          };
    await replaceOvergrown(tx, [...recordIds], component, now);
    return { recordIds, isDecided, component };
  }

  private async decide(
    tx: Tx,
    changed: Changed,
    touched: readonly string[],
    why: string,
    most?: number,
  ): Promise<Map<string, string>> {
    const now = this.clock.now();
    const occasion = { tx, kinds: identifierKinds, now, cause: { why, records: [...changed.keys()].slice(0, 20) } };
    const { customerOf, changed: news, deferred } = await resolve(occasion, changed, new Set(touched), most);
    if (deferred.length > 0) {
      await standAlone(occasion, deferred);
      await keepOvergrown(tx, deferred, now);
      await this.outbox.add(tx, 'component.overgrown', { recordId: deferred[0] });
    }
    await this.tell(tx, news);
    return customerOf;
  }

  /** Adds records of which only an edge changed. */
  private async withOthers(
    tx: Tx,
    own: Map<string, LiveRecord | undefined>,
    ids: ReadonlySet<string>,
  ): Promise<Changed> {
    const others = [...ids].filter((id) => !own.has(id));
    return others.length === 0 ? own : new Map([...own, ...unchanged(await readById(tx, others))]);
  }

  private async tell(tx: Tx, customerIds: readonly string[]): Promise<void> {
    await this.outbox.addAll(
      tx,
      'customer.changed',
      customerIds.map((customerId) => ({ customerId })),
    );
  }

  /** Records as they are, with the locks of all they hold. */
  private async lockedRecords(tx: Tx, ids: readonly string[]): Promise<StoredRecord[]> {
    const records = await readById(tx, ids);
    await lockKeys(tx, records.flatMap(lockNamesOf));
    return readById(tx, ids);
  }
}

function compared(record: StoredRecord): ComparedRecord {
  return { trusted: record.trusted, profile: profileOfRecord(record) };
}

function unchanged(records: readonly StoredRecord[]): Changed {
  return new Map(records.map((record) => [record.id, liveRecord(record)]));
}

/** For each removed record: the present customer of the lowest record that was left of hers. */
function heirsOf(
  removed: ReadonlyMap<string, string>,
  kept: ReadonlyMap<string, string>,
  customerOf: ReadonlyMap<string, string>,
): Map<string, string> {
  const lowest = new Map<string, string>();
  for (const [recordId, customerId] of [...kept].sort().reverse()) lowest.set(customerId, recordId);
  const heirs = new Map<string, string>();
  for (const [recordId, customerId] of removed) {
    const heir = customerOf.get(lowest.get(customerId) ?? '');
    if (heir !== undefined) heirs.set(recordId, heir);
  }
  return heirs;
}
