import { Fault, Outdated, SignedOut, Unreachable, ask } from '../shared/ask.js';
import { freshKey } from '../shared/ids.js';
import { now } from '../shared/time.js';
import type { Access } from './access.js';
import type { Visit } from './board.rules.js';
import { choiceKey, choose, type Chosen } from './choose.js';
import {
  CheckInDocument,
  DisputeIdentityDocument,
  EndVisitDocument,
  type CheckInInput,
  type EndVisitInput,
} from './graphql/graphql.js';
import { renewApp } from './renew-app.js';
import { forget, names, open, seal } from './vault.js';

/** A check-in, an ending or "not her" as the salesperson gave it; the waiting line adds its name and its moment. */
export type NewDeed =
  | { kind: 'check-in'; input: CheckInInput; chosen?: Chosen }
  | { kind: 'ending'; input: EndVisitInput; calledName: string | null }
  | { kind: 'dispute'; visitId: string; customerId: string | null };

/** Something the server has not heard yet. Sent once, in order, under the key it was given at the time. */
export type Deed = { name: string; at: number; refused?: string; isChoice?: boolean } & NewDeed;

const PREFIX = 'deed:';
/** Milliseconds until a server that could not be reached is tried again; the board may be live meanwhile. */
const AGAIN = 3_000;

/** Codes of what the server will never accept; after any other fault it is asked again. */
const FOR_GOOD = new Set(['BAD_USER_INPUT', 'FORBIDDEN', 'GRAPHQL_VALIDATION_FAILED']);

/** Milliseconds after which the server takes no deed any more. */
const LONGEST_WAIT = 72 * 60 * 60_000;

/** Milliseconds until a server that failed at one of them is asked again. */
const AFTER_FAULT = 20_000;

/** What the server made of it; one that is asked too often also says in how many seconds to come back. */
type Answer =
  { visit: Visit | null; message?: string } | { message: string } | { message: string; retryAfterSeconds: number };

/** What only somebody on shift may settle. */
class AwaitsShift extends Error {}

/** The server has heard too many wrong codes and says when it listens again. */
class Later extends Error {
  constructor(readonly milliseconds: number) {
    super('Too many attempts.');
  }
}

/** What this tablet has accepted and the server has not heard yet. */
export class WaitingLine {
  private deeds: readonly Deed[] = [];
  private readonly listeners = new Set<() => void>();
  private sending: Promise<void> | undefined;
  private again: ReturnType<typeof setTimeout> | undefined;

  private settled: (visit: Visit) => void = () => undefined;

  private read: Promise<void> | undefined;
  private readonly settledNames = new Set<string>();
  /** Raised when everything is forgotten: what began before adds nothing any more. */
  private epoch = 0;

  constructor(private readonly access: Pick<Access, 'token' | 'isOnShift'>) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly current = (): readonly Deed[] => this.deeds;

  /** Tells from now on this board what the server makes of the deeds. */
  tell(settled: (visit: Visit) => void): void {
    this.settled = settled;
  }

  /** Brings back, once, what was accepted before this page was loaded, and forgets what no longer counts on this day of the store. */
  async restore(dayOf: (at: number) => string): Promise<void> {
    // A device that keeps nothing goes on with what it is told.
    this.read ??= this.readKept().catch(() => undefined);
    await this.read;
    for (const deed of this.deeds.filter((each) => isPast(each, dayOf))) await this.dismiss(deed.name);
  }

  private async readKept(): Promise<void> {
    const { epoch } = this;
    const kept: Deed[] = [];
    for (const name of await names(PREFIX)) {
      const deed = await open<Deed>(name);
      if (deed) kept.push(deed);
      else await forget(name);
    }
    if (epoch !== this.epoch) return;
    const here = new Set([...this.settledNames, ...this.deeds.map(({ name }) => name)]);
    this.show([...kept.filter(({ name }) => !here.has(name)), ...this.deeds].sort((a, b) => a.at - b.at));
  }

  /** Forgets everything: the tablet was revoked or lost. */
  clear(): void {
    this.epoch += 1;
    this.read = undefined;
    clearTimeout(this.again);
    this.show([]);
  }

  /** Takes it in, and keeps it sealed. */
  async add(deed: NewDeed): Promise<void> {
    const { epoch } = this;
    const at = now();
    const named: Deed = { ...deed, name: `${PREFIX}${at}:${freshKey()}`, at };
    if (named.kind !== 'dispute') named.input = { ...named.input, occurredAt: new Date(at).toISOString() };
    // A device that keeps nothing still sends it.
    await seal(named.name, named, 'waiting-line').catch(() => undefined);
    if (epoch !== this.epoch) return;
    this.show([...this.deeds.filter(({ name }) => name !== named.name), named]);
  }

  /** Whether "not her" waits for the server of the very person a visit shows. */
  readonly isDisputed = (visit: Visit): boolean =>
    this.deeds.some((deed) => deed.kind === 'dispute' && !deed.refused && disputes(deed, visit));

  /** The salesperson has read why a deed was refused. */
  async dismiss(name: string): Promise<void> {
    this.settledNames.add(name);
    this.show(this.deeds.filter((deed) => deed.name !== name));
    await forget(name).catch(() => undefined);
  }

  /** Sends what waits, oldest first; stops where the network stops. */
  send(): Promise<void> {
    this.sending ??= this.sendNow().finally(() => (this.sending = undefined));
    return this.sending;
  }

  private async sendNow(): Promise<void> {
    clearTimeout(this.again);
    try {
      await this.sendAll();
    } catch (error) {
      if (error instanceof Outdated) void renewApp();
      if (error instanceof Unreachable) this.sendAfter(AGAIN);
      else if (error instanceof Later) this.sendAfter(error.milliseconds);
      else if (error instanceof SignedOut) this.sendAfter(AFTER_FAULT);
      else throw error;
    }
  }

  /** All that waits, what is added meanwhile included; what the server fails at does not hold up the others. */
  private async sendAll(): Promise<void> {
    const failed = new Set<string>();
    const next = () => this.deeds.find(({ name, refused }) => !refused && !failed.has(name));
    for (let deed = next(); deed; deed = next()) {
      try {
        await this.sendOne(deed);
      } catch (error) {
        if (!(error instanceof Fault || error instanceof AwaitsShift)) throw error;
        failed.add(deed.name);
      }
    }
    if (failed.size > 0) this.sendAfter(AFTER_FAULT);
  }

  private sendAfter(milliseconds: number): void {
    clearTimeout(this.again);
    this.again = setTimeout(() => void this.send(), milliseconds);
  }

  private async sendOne(deed: Deed): Promise<void> {
    // What the server answers is told to the board that stands now: the next one may be of another reader.
    const { settled } = this;
    const token = await this.access.token();
    const isOnShift = this.access.isOnShift();
    const answer = await this.deliver(deed, token).catch((error: unknown) => {
      if (error instanceof Fault && FOR_GOOD.has(error.code)) return { message: error.message };
      throw error;
    });
    if ('visit' in answer && answer.visit) settled(answer.visit);
    if (!answer.message) return this.dismiss(deed.name);
    // Whom a masked name means the server tells to somebody on shift only.
    if ('visit' in answer && !isOnShift) throw new AwaitsShift();
    if ('retryAfterSeconds' in answer) throw new Later(answer.retryAfterSeconds * 1000);
    const refused: Deed = { ...deed, refused: answer.message, isChoice: 'visit' in answer };
    await seal(deed.name, refused, 'waiting-line').catch(() => undefined);
    this.show(this.deeds.map((each) => (each.name === deed.name ? refused : each)));
  }

  private async deliver(deed: Deed, token: string): Promise<Answer> {
    if (deed.kind === 'check-in') {
      const { checkIn } = await ask(CheckInDocument, { input: deed.input }, { token });
      if (!deed.chosen || !('visit' in checkIn)) return checkIn;
      return choose(checkIn.visit, deed.chosen, choiceKey(deed.input), token);
    }
    if (deed.kind === 'ending') return (await ask(EndVisitDocument, { input: deed.input }, { token })).endVisit;
    // A colleague may have said so meanwhile, and found out who it is: of that one nobody has said "not her".
    const { visitId, customerId } = deed;
    return (await ask(DisputeIdentityDocument, { visitId, customerId }, { token })).disputeIdentity;
  }

  private show(deeds: readonly Deed[]): void {
    this.deeds = deeds;
    this.listeners.forEach((listener) => listener());
  }
}

/** Whether it may be the person of whom it was said that a visit still shows; a tablet without a shift cannot tell, and hides. */
function disputes(deed: { visitId: string; customerId: string | null }, visit: Visit): boolean {
  if (visit.id !== deed.visitId || !['CLAIMED', 'CONFIRMED'].includes(visit.recognition.status)) return false;
  const shown = visit.context?.customer?.id;
  return shown === undefined || shown === deed.customerId;
}

/** What was refused on an earlier day has been shown; what is older than the server takes will be refused. */
function isPast(deed: Deed, dayOf: (at: number) => string): boolean {
  const isOfEarlierDay = dayOf(deed.at) !== dayOf(now());
  return (!!deed.refused && isOfEarlierDay) || now() - deed.at > LONGEST_WAIT;
}
