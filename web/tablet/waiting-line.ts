import { Fault, Outdated, SignedOut, Unreachable } from '../shared/ask.js';
import { freshKey } from '../shared/ids.js';
import { now } from '../shared/time.js';
import type { Access } from './access.js';
import type { Visit } from './board.rules.js';
import { disputes, hasLapsed, inTurn, wasRead, type Deed, type NewDeed } from './deed.rules.js';
import { deliver } from './deliver.js';
import { LapsedDeeds } from './lapsed-deeds.js';
import { renewApp } from './renew-app.js';
import { forget, names, open, seal } from './vault.js';

const PREFIX = 'deed:';
/** Milliseconds until a server that could not be reached is tried again; the board may be live meanwhile. */
const AGAIN = 3_000;

/** Milliseconds until a server that failed at one of them is asked again. */
const AFTER_FAULT = 20_000;

/** What only somebody on shift may settle. */
class AwaitsShift extends Error {}

/** The server has heard too many wrong codes and says when it listens again. */
class Later extends Error {
  constructor(readonly milliseconds: number) {
    super('Too many attempts.');
  }
}

/** What the server is being asked at this moment: it has answered, or it cannot be reached and the deed waits. */
export interface UnderWay {
  answered: () => Promise<void>;
  waits: () => Promise<void>;
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
  /** Deeds that the server would not hear yet, and from when on it does, by the page's own time. */
  private readonly notBefore = new Map<string, number>();
  /** Raised when everything is forgotten: what began before adds nothing any more. */
  private epoch = 0;

  readonly lapsed = new LapsedDeeds(() => this.tellAll());

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

  /** Brings back, once, what was accepted before this page was loaded; what was read on an earlier day is forgotten, and what is too old lapses. */
  async restore(dayOf: (at: number) => string): Promise<void> {
    // A device that keeps nothing goes on with what it is told.
    this.read ??= this.readKept().catch(() => undefined);
    await this.read;
    for (const deed of this.deeds) {
      const isRead = wasRead(deed, dayOf, now());
      if (!isRead && !hasLapsed(deed, now())) continue;
      if (!isRead) await this.lapsed.add(deed);
      await this.dismiss(deed.name);
    }
  }

  private async readKept(): Promise<void> {
    const { epoch } = this;
    await this.lapsed.restore().catch(() => undefined);
    const kept: Deed[] = [];
    for (const name of await names(PREFIX)) {
      // One that cannot be opened any more keeps no other from being sent.
      const deed = await open<Deed>(name).catch(() => undefined);
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
    this.lapsed.clear();
    this.show([]);
  }

  /** Takes it in, and keeps it sealed. */
  async add(deed: NewDeed): Promise<void> {
    await this.underWay(deed).waits();
  }

  /** Keeps what the server is just being asked, so that it outlives this page; it waits and is shown only where no answer comes. */
  underWay(deed: NewDeed): UnderWay {
    const { epoch } = this;
    const at = now();
    const named: Deed = { ...deed, name: `${PREFIX}${at}:${freshKey()}`, at };
    if (named.kind !== 'dispute') named.input = { ...named.input, occurredAt: new Date(at).toISOString() };
    const kept = this.keep(named);
    const waits = async () => {
      await kept;
      if (epoch !== this.epoch) return;
      this.show([...this.deeds.filter(({ name }) => name !== named.name), named]);
    };
    return { answered: () => this.dismiss(named.name), waits };
  }

  /** A device that keeps nothing still sends it; what is settled meanwhile is not kept. */
  private async keep(deed: Deed): Promise<void> {
    await seal(deed.name, deed, 'waiting-line').catch(() => undefined);
    if (this.settledNames.has(deed.name)) await forget(deed.name).catch(() => undefined);
  }

  /** Whether "not her" waits for the server of the very person a visit shows. */
  readonly isDisputed = (visit: Visit): boolean =>
    this.deeds.some((deed) => deed.kind === 'dispute' && !deed.refused && disputes(deed, visit));

  /** Somebody on shift has before her why it was refused: on another day it need not be shown. */
  async seen(name: string): Promise<void> {
    const deed = this.deeds.find((each) => each.name === name);
    if (deed?.refused && !deed.seenAt) await this.replace({ ...deed, seenAt: now() });
  }

  private async replace(deed: Deed): Promise<void> {
    this.show(this.deeds.map((each) => (each.name === deed.name ? deed : each)));
    await this.keep(deed);
  }

  /** The server has taken it, or the salesperson has read why not. */
  async dismiss(name: string): Promise<void> {
    this.settledNames.add(name);
    if (this.deeds.some((deed) => deed.name === name)) this.show(this.deeds.filter((deed) => deed.name !== name));
    await forget(name).catch(() => undefined);
  }

  /** Sends what waits, in turn; stops where the network stops. */
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
      else if (error instanceof SignedOut) this.sendAfter(AFTER_FAULT);
      else throw error;
    }
  }

  /** All that waits, what is added meanwhile included; what the server fails at, or would hear later, does not hold up the others. */
  private async sendAll(): Promise<void> {
    const tried = new Set<string>();
    const next = () => inTurn(this.deeds).find(({ name }) => !tried.has(name) && this.waitOf(name) <= 0);
    for (let deed = next(); deed; deed = next()) {
      tried.add(deed.name);
      this.notBefore.delete(deed.name);
      try {
        await this.sendOne(deed);
      } catch (error) {
        if (error instanceof Later) this.notBefore.set(deed.name, performance.now() + error.milliseconds);
        else if (!(error instanceof Fault || error instanceof AwaitsShift)) throw error;
      }
    }
    const waits = inTurn(this.deeds).map(({ name }) => (this.notBefore.has(name) ? this.waitOf(name) : AFTER_FAULT));
    if (waits.length > 0) this.sendAfter(Math.max(0, Math.min(...waits)));
  }

  /** Milliseconds until the server hears of it. */
  private waitOf(name: string): number {
    return (this.notBefore.get(name) ?? 0) - performance.now();
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
    const answer = await deliver(deed, token);
    if ('visit' in answer && answer.visit) settled(answer.visit);
    if (!answer.message) return this.dismiss(deed.name);
    // Whom a masked name means the server tells to somebody on shift only.
    if ('visit' in answer && !isOnShift) throw new AwaitsShift();
    if ('retryAfterSeconds' in answer) throw new Later(answer.retryAfterSeconds * 1000);
    await this.replace({ ...deed, refused: answer.message, isChoice: 'visit' in answer });
  }

  private show(deeds: readonly Deed[]): void {
    this.deeds = deeds;
    this.tellAll();
  }

  private tellAll(): void {
    this.listeners.forEach((listener) => listener());
  }
}
