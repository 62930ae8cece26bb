import { Fault, SignedOut, Unreachable } from '../shared/ask.js';
import { freshKey } from '../shared/ids.js';
import { learnTime, now } from '../shared/time.js';
import { t } from '../shared/words.js';
import { device, forget, keepAgain, open, seal, wipe } from './vault.js';

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

interface Enrolment {
  tabletId: string;
  keys: CryptoKeyPair;
}
interface Token {
  token: string;
  expiresAt: string;
}

const DEVELOPER = 'foyer.token';
const CURVE = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const BEFORE_END = 30_000;
/** Milliseconds until the server is asked again who works here: when it could not say, and when it did. */
const AGAIN = 3_000;
const LOCKED = 30_000;
/** Where an open shift is kept, sealed, and how often it is noted that somebody still works with it. */
const SHIFT = 'shift';
/** The shift that is open here, known at once to the next page; what is kept of any other counts for nothing. */
const OPEN_SHIFT = 'foyer.shift';
const NOTED_EVERY = 10_000;
/** Milliseconds after which a tablet that nobody touches is locked. */
export const IDLE = 3 * 60_000;

/** The token of whoever opened it. */
type Shift = Token & { staffId: string; name: string };

/** An open shift and when the tablet was last touched, by the device's own clock. */
interface KeptShift {
  shift: Shift;
  touchedAt: number;
}

/** Who this tablet is to the server: an enrolled device with its own key, and perhaps a shift; or a token given by hand. */
export class Access {
  private standing: Standing = { is: 'starting' };
  private readonly listeners = new Set<() => void>();
  private enrolment: Enrolment | undefined;
  private tablet: Token | undefined;
  private shift: Shift | undefined;
  private notedAt = 0;
  private noting: Promise<void> | undefined;
  private proving: Promise<string> | undefined;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly current = (): Standing => this.standing;

  /** Finds out what this tablet is: a token in the address wins, then the device's own enrolment. */
  async start(): Promise<void> {
    const given = new URLSearchParams(location.hash.slice(1)).get('token');
    if (given) {
      sessionStorage.setItem(DEVELOPER, given);
      history.replaceState(null, '', location.pathname + location.search);
    }
    if (sessionStorage.getItem(DEVELOPER)) return this.show({ is: 'open', byToken: true });
    this.enrolment = await device.read<Enrolment>('enrolment');
    if (!this.enrolment) return this.show({ is: 'stranger' });
    this.shift = await keptShift();
    if (this.shift) return this.show({ is: 'open', byToken: false });
    void this.askForShift();
  }

  /** The token to send: of the shift if one is open, else of the bare device. */
  readonly token = async (): Promise<string> => {
    const given = sessionStorage.getItem(DEVELOPER);
    if (given) return given;
    if (this.shift && alive(this.shift)) return this.shift.token;
    if (this.shift) await this.lock();
    return this.deviceToken();
  };

  /** Makes this device's key, which nobody can read out, and trades the code for an enrolment. */
  async enrol(code: string): Promise<void> {
    const keys = await crypto.subtle.generateKey(CURVE, false, ['sign', 'verify']);
    const publicKey = await crypto.subtle.exportKey('jwk', keys.publicKey);
    const { tabletId } = await post<{ tabletId: string }>('/tablet/enrol', { code: code.trim(), publicKey });
    this.enrolment = { tabletId, keys };
    keepAgain();
    await device.write('enrolment', this.enrolment);
    void this.askForShift();
  }

  async openShift(staffId: string, pin: string): Promise<void> {
    try {
      const open = (token: string) => post<Token>('/tablet/shift', { staffId, pin }, token);
      this.shift = { ...(await this.byDevice(open)), staffId, name: freshKey() };
    } catch (error) {
      if (error instanceof SignedOut) await this.revoked(error.message);
      throw error;
    }
    localStorage.setItem(OPEN_SHIFT, this.shift.name);
    this.notedAt = 0;
    await this.noteShift();
    this.show({ is: 'open', byToken: false });
  }

  /** Somebody works with it: an open shift outlives a reload, without a network too, for as long as it would have stayed unlocked. */
  async noteShift(): Promise<void> {
    const touchedAt = Date.now();
    if (!this.shift || touchedAt - this.notedAt < NOTED_EVERY) return;
    this.notedAt = touchedAt;
    this.noting = seal(SHIFT, { shift: this.shift, touchedAt } satisfies KeptShift, SHIFT).catch(() => undefined);
    await this.noting;
  }

  /** From now on no page of this tablet goes on with it, however slowly the device forgets; the touch that locks it may still be being noted. */
  private async forgetShift(): Promise<void> {
    localStorage.removeItem(OPEN_SHIFT);
    await this.noting;
    await forget(SHIFT);
  }

  /** Whether somebody works with it now, so that the server tells who is who. */
  readonly isOnShift = (): boolean => !!this.shift || !!sessionStorage.getItem(DEVELOPER);

  /** Whether this may be who holds the tablet: it is known of whoever opened a shift, not of a token given by hand. */
  mayBe(staffId: string | undefined): boolean {
    return !this.shift || this.shift.staffId === staffId;
  }

  /** Nobody has touched the tablet, or its holder put it down: names vanish until a PIN is given again. */
  async lock(): Promise<void> {
    if (sessionStorage.getItem(DEVELOPER)) return;
    const ended = this.shift;
    this.shift = undefined;
    const forgotten = this.forgetShift();
    void this.askForShift();
    await Promise.allSettled([forgotten, ended && post('/tablet/shift/end', {}, ended.token)]);
  }

  /** The device's own token is taken no more; the next one is asked for with its key. */
  readonly proveAnew = (): void => {
    this.tablet = undefined;
  };

  /** A token is taken no more: a shift that has ended is opened anew; a tablet that is no longer wanted learns it by its own key. */
  async refused(why: string): Promise<void> {
    if (!this.enrolment || sessionStorage.getItem(DEVELOPER)) return this.revoked(why);
    this.shift = this.tablet = undefined;
    void this.forgetShift();
    await this.askForShift(why);
  }

  /** The server no longer knows this tablet: everything it kept is destroyed. */
  private async revoked(why: string): Promise<void> {
    sessionStorage.removeItem(DEVELOPER);
    this.enrolment = this.shift = this.tablet = undefined;
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
        const colleagues = await this.byDevice((token) => post<Colleague[]>('/tablet/colleagues', {}, token));
        if (this.standing === shown) show({ is: 'enrolled', colleagues });
      } catch (error) {
        if (error instanceof SignedOut) return this.revoked(why ?? error.message);
        const trouble = error instanceof Unreachable ? 'offline' : 'fault';
        if (this.standing === shown) show({ ...shown, trouble });
      }
    }
  }

  /** Asks with the device's token; where it is taken no more, once again with a fresh one. @throws SignedOut when there is none. */
  private async byDevice<Result>(ask: (token: string) => Promise<Result>): Promise<Result> {
    const token = await this.deviceToken();
    try {
      return await ask(token);
    } catch (error) {
      if (!(error instanceof SignedOut)) throw error;
      this.proveAnew();
      return ask(await this.deviceToken());
    }
  }

  /** The token of the bare device; whoever asks while it proves itself waits for the same one. */
  private async deviceToken(): Promise<string> {
    if (this.tablet && alive(this.tablet)) return this.tablet.token;
    this.proving ??= this.prove().finally(() => (this.proving = undefined));
    return this.proving;
  }

  private async prove(): Promise<string> {
    if (!this.enrolment) throw new SignedOut(t('tablet.enrol.unknown'));
    const { tabletId, keys } = this.enrolment;
    const { challenge } = await post<{ challenge: string }>('/tablet/challenge', { tabletId });
    const signed = await crypto.subtle.sign(
      { name: 'ECDSA', hash: 'SHA-256' },
      keys.privateKey,
      new TextEncoder().encode(challenge),
    );
    const signature = btoa(String.fromCharCode(...new Uint8Array(signed)));
    this.tablet = await post<Token>('/tablet/token', { tabletId, challenge, signature });
    return this.tablet.token;
  }

  private show(standing: Standing): void {
    this.standing = standing;
    this.listeners.forEach((listener) => listener());
  }
}

async function keptShift(): Promise<Shift | undefined> {
  const kept = await open<KeptShift>(SHIFT).catch(() => undefined);
  if (!kept) return undefined;
  const idle = Date.now() - kept.touchedAt;
  const isOpen = kept.shift.name === localStorage.getItem(OPEN_SHIFT);
  if (isOpen && alive(kept.shift) && idle >= 0 && idle < IDLE) return kept.shift;
  await forget(SHIFT);
  return undefined;
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

function alive(token: Token): boolean {
  return Date.parse(token.expiresAt) > now() + BEFORE_END;
}

async function post<T>(path: string, body: unknown, token?: string): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'accept-language': document.documentElement.lang,
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    });
  } catch (cause) {
    throw new Unreachable(t('shared.unreachable'), { cause });
  }
  learnTime(response.headers.get('date'));
  if (response.status >= 502) throw new Unreachable(t('shared.answered', { status: response.status }));
  const answer = (await response.json().catch(() => ({}))) as T & { code?: string; message?: string };
  if (response.ok) return answer;
  if (response.status === 401) throw new SignedOut(answer.message ?? t('tablet.enrol.unknown'));
  const why = answer.message ?? t('shared.answered', { status: response.status });
  throw new Fault(why, answer.code ?? 'FAULT', undefined);
}
