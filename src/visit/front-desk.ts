import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/transactions.js';
import { Clock } from '../shared/clock.js';
import { Bonds } from './bonds.js';
import type { FeedNews } from './feed.js';
import type { Heard } from './recogniser.js';
import { anonymous, type Identity } from './recognition.rules.js';
import { sameOfSeveral, sameVisit, type SameVisit } from './same-visit.query.js';
import { closingOf, dayIn } from './store-day.rules.js';
import type { Visit } from './visit.entity.js';
import { overnight, VisitQuery } from './visit.query.js';
import { continues, decide, evolve, type Said, type Stay, type VisitCommand } from './visit.rules.js';
import { stayOf } from './visit.stay.js';
import { proverOf, VisitSteps, type Doing } from './visit.steps.js';
import { presentStates } from './visit.words.js';
import type { Visitor } from './visitor.js';

/** What became of an arrival: the visit of before or a new one, and what the store is to hear. */
export interface Entered {
  readonly repeated: boolean;
  readonly news: readonly FeedNews[];
}

/** Finds the visit somebody is in already, goes on with it, or begins one. */
@Injectable()
export class FrontDesk {
  constructor(
    private readonly bonds: Bonds,
    private readonly steps: VisitSteps,
    private readonly visits: VisitQuery,
    private readonly clock: Clock,
  ) {}

  /** The visit of this store in which this person is; decided under her lock, which is held from here on. */
  async findHere(tx: Tx, { store, at }: Visitor, heard: Heard): Promise<Visit | undefined> {
    const id = await this.idOfVisit(tx, { storeId: store.id, day: dayIn(store.timeZone, at), at }, heard);
    const visit = id === undefined ? undefined : await this.visits.byId(id, tx);
    return visit?.state === 'AWAY' && !continues(visit, at) ? undefined : visit;
  }

  private async idOfVisit(
    tx: Tx,
    where: Omit<SameVisit, 'customerId'>,
    { identity: { recordId, status, candidates }, shown }: Heard,
  ): Promise<string | undefined> {
    const shownId = shown === null || shown.shown === 'CODE' ? null : shown.recordId;
    if (recordId === null && candidates.length > 0) {
      if (shownId !== null) await this.bonds.lock(tx, shownId, status);
      return sameOfSeveral(tx, { ...where, recordIds: candidates.map((one) => one.recordId), shownId });
    }
    const customerId = recordId === null ? undefined : await this.bonds.lock(tx, recordId, status);
    return customerId === undefined ? undefined : sameVisit(tx, { ...where, customerId });
  }

  /** The visit, if it is one of today and not over. */
  async stillHere(tx: Tx, visitId: string): Promise<Visit | undefined> {
    const visit = await this.visits.byId(visitId, tx);
    const now = this.clock.now();
    if (visit === undefined || !presentStates.includes(visit.state)) return undefined;
    return continues(visit, now) && !overnight(visit, now) ? visit : undefined;
  }

  /** She is here already, or was expected: the same visit goes on, with what she has shown and said now. */
  async rejoin(tx: Tx, visitor: Visitor, visit: Visit, heard: Heard): Promise<Entered> {
    const { configurationId, shown } = heard;
    const identity = newlyKnown(heard.identity, visit);
    const command: VisitCommand = { type: 'arrive', identity, configurationId, said: saidBy(visitor), at: visitor.at };
    return {
      repeated: visit.state !== 'EXPECTED',
      news: await this.goOn(tx, visitor, visit, command, shown?.passId ?? null),
    };
  }

  /** A pass of hers is shown once more: it tells nothing new, but what is said with it counts. */
  async tellAgain(tx: Tx, visitor: Visitor, visit: Visit): Promise<readonly FeedNews[]> {
    return this.goOn(tx, visitor, visit, { type: 'tell', said: saidBy(visitor) }, null);
  }

  private async goOn(
    tx: Tx,
    { actor, at }: Visitor,
    visit: Visit,
    command: VisitCommand,
    passId: string | null,
  ): Promise<FeedNews[]> {
    const decision = decide(stayOf(visit), command);
    const events = 'obstacle' in decision ? [] : decision.events;
    const action = visit.state === 'EXPECTED' ? 'visit.checked-in' : 'visit.checked-in-again';
    const set = events.find((event) => event.type === 'purposeSet');
    const doing: Doing = { actor, action, at, passId, ...(set && { detail: { purpose: set.purpose } }) };
    return this.steps.apply(tx, visit, events, doing);
  }

  /** A new visit, on a record of its own that keeps what she said. */
  async begin(tx: Tx, visitor: Visitor, id: string, heard: Heard): Promise<Entered> {
    const { store, at, actor, input } = visitor;
    const { statedName, identifiers } = input;
    const hersToKeep = {
      identifiers: identifiers ?? [],
      traits: statedName?.trim() ? { name: statedName.trim() } : {},
    };
    const doing: Doing = { actor, action: 'visit.checked-in', at, passId: heard.shown?.passId ?? null };
    const { status, recordId: hers } = heard.identity;
    const verified = status === 'CONFIRMED' && hers !== null ? { recordId: hers, by: proverOf(doing) } : undefined;
    const { recordId, customerId } = await this.bonds.own(tx, store.source, id, hersToKeep, at, verified);
    const day = dayIn(store.timeZone, at);
    const visit = {
      id,
      storeId: store.id,
      recordId,
      statedName: statedName?.trim() || null,
      day,
    };
    const known = hers === null ? customerId : undefined;
    const news = await this.steps.begin(tx, visit, this.firstStay(visitor, heard, day), store, doing, known);
    return { repeated: false, news: [news] };
  }

  /** A scan that waited overnight on a tablet tells of a visit that is over by now. */
  private firstStay(visitor: Visitor, heard: Heard, day: string): Stay {
    const { store, at, input } = visitor;
    const { purpose, calledName, partySize } = saidBy(visitor);
    const stay: Stay = {
      state: 'WAITING',
      purpose,
      calledName: calledName ?? firstOf(input.statedName),
      partySize: partySize ?? 1,
      identity: heard.identity,
      configurationId: heard.configurationId,
      associateId: null,
      arrivedAt: at,
      takenAt: null,
      awayAt: null,
      endedAt: null,
      outcome: null,
    };
    if (day >= dayIn(store.timeZone, this.clock.now())) return stay;
    const decision = decide(stay, { type: 'close', at: closingOf(day, store.closesAt, store.timeZone) });
    return 'obstacle' in decision ? stay : decision.events.reduce(evolve, stay);
  }
}

/** What was said at the door; an empty name is none. */
function saidBy({ input, offline }: Visitor): Said {
  return {
    purpose: input.purpose ?? null,
    calledName: input.calledName?.trim() || null,
    partySize: input.partySize ?? null,
    late: offline,
  };
}

/** What she said herself on this very visit makes her known to nobody when she says it again. */
function newlyKnown(identity: Identity, visit: Pick<Visit, 'recordId' | 'recognisedRecordId'>): Identity {
  const onlyHerself = identity.recordId === visit.recordId && visit.recognisedRecordId !== visit.recordId;
  return onlyHerself ? anonymous(identity.reasons) : identity;
}

/** The first name of a name as it was said, to call her by. */
function firstOf(statedName: string | null | undefined): string | null {
  const said = statedName?.trim() ?? '';
  const given = said.includes(',') ? said.slice(said.indexOf(',') + 1) : said;
  return given.trim().split(/\s+/)[0] || said || null;
}
