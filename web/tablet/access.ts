import { SignedOut, Unreachable } from '../shared/ask.js';
import { inTab } from '../shared/kept.js';
import { EnrolledDevice } from './enrolled-device.js';
import { KeptShift, type Shift } from './kept-shift.js';
import { post } from './tablet-post.js';
import { isAlive, type Token } from './token.js';
import { wipe } from './vault.js';

/** What this tablet may do now. */
export type Standing =
  { is: 'starting' } | { is: 'stranger'; why?: string } | Enrolled | { is: 'open'; byToken: boolean };

/** Nobody works with it: who could, and why that is not known or may have changed. */
interface Enrolled {
  is: 'enrolled';
  colleagues: Colleague[] | null;
  trouble?: 'offline' | 'fault';
}

/** Somebody of this store who can open a shift here. */
export interface Colleague {
  id: string;
  displayName: string;
}

const DEVELOPER = 'foyer.token';
/** Milliseconds until the server is asked again who works here: when it could not say, and when it did. */
const AGAIN = 3_000;
const LOCKED = 30_000;

/** Who this tablet is to the server: an enrolled device with its own key, and perhaps a shift; or a token given by hand. */
export class Access {
  private standing: Standing = { is: 'starting' };
  private readonly listeners = new Set<() => void>();
  private readonly device = new EnrolledDevice();
  private readonly kept = new KeptShift();
  private shift: Shift | undefined;
  private touchedAt = Date.now();
  private given: string | null = null;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly current = (): Standing => this.standing;

  /** Finds out what this tablet is: a token in the address wins, then the device's own enrolment. */
  async start(): Promise<void> {
    const given = new URLSearchParams(location.hash.slice(1)).get('token');
    if (given) {
      this.given = given;
      inTab.set(DEVELOPER, given);
      history.replaceState(null, '', location.pathname + location.search);
    }
    if (this.byHand()) return this.show({ is: 'open', byToken: true });
    if (!(await this.device.recall().catch(() => false))) return this.show({ is: 'stranger' });
    const kept = await this.kept.recall();
    if (!kept) return void this.askForShift();
    this.shift = kept.shift;
    this.touchedAt = kept.touchedAt;
    this.show({ is: 'open', byToken: false });
  }

  /** The token that was given by hand, for as long as this tab is open. */
  private byHand(): string | null {
    return this.given ?? inTab.get(DEVELOPER);
  }

  /** The token to send: of the shift if one is open, else of the bare device. */
  readonly token = async (): Promise<string> => {
    const given = this.byHand();
    if (given) return given;
    if (this.shift && isAlive(this.shift)) return this.shift.token;
    if (this.shift) await this.lock();
    return this.device.tokenNow();
  };

  /** Trades the code for an enrolment of this device. */
  async enrol(code: string): Promise<void> {
    await this.device.enrol(code);
    void this.askForShift();
  }

  async openShift(staffId: string, pin: string): Promise<void> {
    try {
      const token = await this.device.ask((bare) => post<Token>('/tablet/shift', { staffId, pin }, bare));
      this.touchedAt = Date.now();
      this.shift = await this.kept.begin(token, staffId);
    } catch (error) {
      if (error instanceof SignedOut) await this.revoked(error.message);
      throw error;
    }
    this.show({ is: 'open', byToken: false });
  }

  /** Somebody works with it. */
  async noteShift(): Promise<void> {
    this.touchedAt = Date.now();
    if (this.shift) await this.kept.note(this.shift, this.touchedAt);
  }

  /** When somebody last worked with it, by the device's own clock; before this page was loaded, too. */
  readonly lastTouched = (): number => this.touchedAt;

  /** Whether somebody works with it now, so that the server tells who is who. */
  readonly isOnShift = (): boolean => !!this.shift || !!this.byHand();

  /** Whether this may be who holds the tablet: it is known of whoever opened a shift, not of a token given by hand. */
  mayBe(staffId: string | undefined): boolean {
    return !this.shift || this.shift.staffId === staffId;
  }

  /** Nobody has touched the tablet, or its holder put it down: names vanish until a PIN is given again. */
  async lock(): Promise<void> {
    if (this.byHand()) return;
    const ended = this.shift;
    this.shift = undefined;
    const forgotten = this.kept.forget();
    void this.askForShift();
    await Promise.allSettled([forgotten, ended && this.kept.end(ended)]);
  }

  /** The device's own token is taken no more; the next one is asked for with its key. */
  readonly proveAnew = (): void => this.device.proveAnew();

  /** A token is taken no more: a shift that has ended is opened anew; a tablet that is no longer wanted learns it by its own key. */
  async refused(why: string): Promise<void> {
    if (!this.device.isEnrolled() || this.byHand()) return this.revoked(why);
    this.shift = undefined;
    this.proveAnew();
    void this.kept.forget();
    await this.askForShift(why);
  }

  /** The server no longer knows this tablet: everything it kept is destroyed. */
  private async revoked(why: string): Promise<void> {
    this.given = null;
    inTab.remove(DEVELOPER);
    this.shift = undefined;
    this.device.forget();
    try {
      await wipe();
    } finally {
      this.show({ is: 'stranger', why });
    }
  }

  /** Asks who works here for as long as nobody does: who gets a PIN appears, and a tablet that is reported lost learns it. */
  private async askForShift(why?: string): Promise<void> {
    let shown: Enrolled = { is: 'enrolled', colleagues: null };
    const show = (next: Enrolled): void => this.show((shown = next));
    for (show(shown); this.standing === shown; await pause(shown.trouble ? AGAIN : LOCKED)) {
      try {
        const colleagues = await this.device.ask((token) => post<Colleague[]>('/tablet/colleagues', {}, token));
        if (this.standing === shown) show({ is: 'enrolled', colleagues });
      } catch (error) {
        if (error instanceof SignedOut) return this.revoked(why ?? error.message);
        const trouble = error instanceof Unreachable ? 'offline' : 'fault';
        if (this.standing === shown) show({ ...shown, trouble });
        continue;
      }
      // What cannot be told now is told at the next turn.
      await this.kept.tellEnded().catch(() => undefined);
    }
  }

  private show(standing: Standing): void {
    this.standing = standing;
    this.listeners.forEach((listener) => listener());
  }
}

/** Until it is worth asking again: after a while, or at once when the network is back. */
function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const over = () => {
      clearTimeout(timer);
      window.removeEventListener('online', over);
      resolve();
    };
    const timer = setTimeout(over, milliseconds);
    window.addEventListener('online', over);
  });
}
