import { Injectable } from '@nestjs/common';
import type { Actor } from '../access/actor.js';
import { Timeline } from '../customer/timeline.js';
import type { Tx } from '../platform/database/transactions.js';
import { newId } from '../shared/ids.js';
import { Bonds, sayerOf, type Sayer } from './bonds.js';
import type { FeedNews } from './feed.js';
import { maskedNames } from './masked-names.query.js';
import type { Identity } from './recognition.rules.js';
import type { Visit } from './visit.entity.js';
import { theHouse, VisitJournal, type VisitNews } from './visit.journal.js';
import { insertVisit, keepCandidate, replaceCandidates, updateVisit, type NewVisit } from './visit.rows.js';
import { decide, evolve, type Stay, type VisitEvent } from './visit.rules.js';
import { keepSeen } from './visit-seen.query.js';
import { stayOf } from './visit.stay.js';
import { overnight } from './visit.query.js';
import { visitStore, type VisitStore } from './visit-store.query.js';

/** Who does it, what it is called in the audit trail, and what proves it. */
export interface Doing {
  readonly actor: Pick<Actor, 'kind' | 'id' | 'staffId' | 'tabletId'>;
  readonly action: string;
  readonly at: Date;
  /** The pass that confirmed her at once; absent where a person did. */
  readonly passId?: string | null;
  /** Greeted by name, and it was so: what was claimed is effective from now on. */
  readonly greeted?: boolean;
  readonly detail?: VisitNews['detail'];
}

/** Who proves that she is the person: the pass she showed, else whoever says so. */
export function proverOf({ actor, passId }: Doing): Sayer {
  return passId ? { kind: 'PASS', id: passId } : sayerOf(actor);
}

/** Writes what happens to a visit, with all that belongs to it; the caller tells the feed last. */
@Injectable()
export class VisitSteps {
  constructor(
    private readonly bonds: Bonds,
    private readonly timeline: Timeline,
    private readonly journal: VisitJournal,
  ) {}

  /** Writes a visit that begins, on a record that is tied to its person already; `customerId` where it is known whose it is. */
  async begin(
    tx: Tx,
    visit: NewVisit,
    stay: Stay,
    store: VisitStore,
    doing: Doing,
    customerId?: string,
  ): Promise<FeedNews> {
    const { id, storeId } = visit;
    await insertVisit(tx, visit, stay);
    if (stay.identity.candidates.length > 0) await this.writeCandidates(tx, id, stay.identity);
    this.live(tx, visit, store, 'visit.started', stay.arrivedAt);
    this.live(tx, visit, store, 'visit.ended', stay.endedAt, { outcome: stay.outcome });
    await this.note(tx, visit, stay.identity, { ...doing, topic: 'visit.started' }, customerId);
    return { storeId, visitId: id, kind: stay.state === 'COMPLETED' ? 'ENDED' : 'ARRIVED' };
  }

  /** Writes what has happened to a visit; nothing when nothing has. */
  async apply(tx: Tx, visit: Visit, events: readonly VisitEvent[], doing: Doing): Promise<FeedNews[]> {
    const before = stayOf(visit);
    const stay = events.reduce(evolve, before);
    if (events.length === 0) return [];
    // Customers are locked before visits, everywhere, so that nobody waits in a circle.
    if (stay.identity !== before.identity) await this.recognise(tx, visit, before.identity, stay.identity, doing);
    await updateVisit(tx, visit, stay);
    const ended = events.some((event) => event.type === 'ended');
    const started = events.some((event) => event.type === 'arrived');
    if (ended) await this.end(tx, visit, stay);
    if (started) this.live(tx, visit, await visitStore(tx, visit.storeId), 'visit.started', stay.arrivedAt);
    const recognised = stay.identity !== before.identity ? 'visit.recognised' : undefined;
    const topic = ended ? 'visit.ended' : started ? 'visit.started' : recognised;
    await this.note(tx, visit, stay.identity, { ...doing, ...(topic && { topic }) });
    return [{ storeId: visit.storeId, visitId: visit.id, kind: ended ? 'ENDED' : started ? 'ARRIVED' : 'CHANGED' }];
  }

  /** Ends a visit that was left open overnight; whether it was one. */
  async closeOvernight(tx: Tx, visit: Visit, now: Date): Promise<FeedNews[]> {
    const at = overnight(visit, now);
    const decision = at && decide(stayOf(visit), { type: 'close', at });
    if (!decision || 'obstacle' in decision) return [];
    return this.apply(tx, visit, decision.events, { actor: theHouse, action: 'visit.closed-overnight', at: now });
  }

  private async recognise(tx: Tx, visit: Visit, before: Identity, identity: Identity, doing: Doing): Promise<void> {
    if (identity.recordId !== null) await keepCandidate(tx, visit.id, identity.recordId);
    else if (identity.candidates !== before.candidates) await this.writeCandidates(tx, visit.id, identity);
    if (identity.status === 'DISPUTED' && before.recordId !== null) {
      await this.bonds.part(tx, visit, before.recordId, sayerOf(doing.actor));
    }
    await this.tie(tx, visit, before, identity, doing, await visitStore(tx, visit.storeId));
  }

  /** Confirmed by whatever: only now are the records joined. */
  private async tie(
    tx: Tx,
    visit: Pick<Visit, 'id' | 'recordId' | 'configurationId'>,
    before: Identity,
    { status, recordId, reasons }: Identity,
    doing: Doing,
    store: VisitStore,
  ): Promise<void> {
    if (status !== 'CONFIRMED' || recordId === null) return;
    if (before.status === 'CONFIRMED' && before.recordId === recordId) return;
    const why = doing.greeted ? 'greeted by name' : 'showed a verified pass';
    await this.bonds.join(tx, visit, recordId, proverOf(doing), why);
    if (visit.configurationId !== null && reasons.some(({ identifier }) => identifier === 'claim')) {
      const claimant = await this.bonds.claimant(tx, visit.configurationId, recordId);
      if (claimant !== undefined) await this.bonds.join(tx, visit, claimant, proverOf(doing), why);
    }
    if (doing.greeted) await this.bonds.vouch(tx, visit, store.source, recordId, doing.at);
  }

  private async writeCandidates(tx: Tx, visitId: string, { candidates }: Identity): Promise<void> {
    const names = await maskedNames(
      tx,
      candidates.map((one) => one.recordId),
    );
    const masked = candidates.map((one) => ({ ...one, maskedName: names.get(one.recordId) ?? '…' }));
    await replaceCandidates(tx, visitId, masked);
  }

  private async end(tx: Tx, visit: Visit, stay: Stay): Promise<void> {
    const customerId = await this.bonds.customerOf(tx, visit.recordId);
    const configurationId = stay.configurationId;
    const at = stay.endedAt;
    if (customerId === undefined || at === null) return;
    await keepSeen(tx, { visitId: visit.id, customerId, configurationId, at });
    this.live(tx, visit, await visitStore(tx, visit.storeId), 'visit.ended', at, { outcome: stay.outcome });
  }

  /** One line of her history, on the visit's own record: if she turns out to be somebody else, it goes with her. */
  private live(
    tx: Tx,
    visit: Pick<Visit, 'id' | 'recordId'>,
    store: VisitStore,
    kind: string,
    at: Date | null,
    params: Readonly<Record<string, unknown>> = {},
  ): void {
    if (at === null) return;
    this.timeline.append(tx, {
      id: newId(),
      recordId: visit.recordId,
      occurredAt: at,
      kind,
      channel: 'store',
      department: 'store',
      sourceId: store.source.id,
      session: visit.id,
      params: { ...params, visitId: visit.id, storeId: store.id, store: store.name },
    });
  }

  private async note(
    tx: Tx,
    visit: Pick<Visit, 'id' | 'recordId' | 'storeId'>,
    identity: Identity,
    doing: Pick<VisitNews, 'action' | 'actor' | 'detail' | 'topic'>,
    known?: string,
  ): Promise<void> {
    const recordId = identity.recordId ?? visit.recordId;
    const customerId = known ?? (await this.bonds.customerOf(tx, recordId));
    const { action, actor, detail, topic } = doing;
    await this.journal.note(tx, {
      action,
      actor,
      visitId: visit.id,
      storeId: visit.storeId,
      recordId,
      customerId,
      ...(detail && { detail }),
      ...(topic && { topic }),
    });
  }
}
