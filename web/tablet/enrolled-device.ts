import { Fault, SignedOut } from '../shared/ask.js';
import { t } from '../shared/words.js';
import { post } from './tablet-post.js';
import { isAlive, type Token } from './token.js';
import { device, keepAgain } from './vault.js';

const CURVE = { name: 'ECDSA', namedCurve: 'P-256' } as const;
const ENROLMENT = 'enrolment';

interface Enrolment {
  tabletId: string;
  keys: CryptoKeyPair;
}

/** This device as the store enrolled it: it proves itself by a key that nobody can read out. */
export class EnrolledDevice {
  private enrolment: Enrolment | undefined;
  private token: Token | undefined;
  private proving: Promise<string> | undefined;
  /** The answer to a code may be lost: the same key asks again. */
  private enrolling: { code: string; keys: CryptoKeyPair } | undefined;

  /** Whether it was enrolled before, and not forgotten since. */
  async recall(): Promise<boolean> {
    this.enrolment = await device.read<Enrolment>(ENROLMENT);
    return this.isEnrolled();
  }

  isEnrolled(): boolean {
    return !!this.enrolment;
  }

  /** Makes this device's key and trades the code for an enrolment. */
  async enrol(code: string): Promise<void> {
    if (this.enrolling?.code !== code)
      this.enrolling = { code, keys: await crypto.subtle.generateKey(CURVE, false, ['sign', 'verify']) };
    const { keys } = this.enrolling;
    const publicKey = await crypto.subtle.exportKey('jwk', keys.publicKey);
    const { tabletId } = await post<{ tabletId: string }>('/tablet/enrol', { code: code.trim(), publicKey });
    this.enrolling = undefined;
    this.enrolment = { tabletId, keys };
    keepAgain();
    await device.write(ENROLMENT, this.enrolment);
  }

  /** Forgets here that it was enrolled. */
  forget(): void {
    this.enrolment = this.token = undefined;
  }

  /** Its token is taken no more; the next one is asked for with its key. */
  readonly proveAnew = (): void => {
    this.token = undefined;
  };

  /** Asks with the device's token; where it is taken no more, once again with a fresh one. @throws SignedOut when there is none. */
  async ask<Result>(question: (token: string) => Promise<Result>): Promise<Result> {
    const token = await this.tokenNow();
    try {
      return await question(token);
    } catch (error) {
      if (!(error instanceof SignedOut)) throw error;
      this.proveAnew();
      return question(await this.tokenNow());
    }
  }

  /** The token of the bare device; whoever asks while it proves itself waits for the same one. */
  async tokenNow(): Promise<string> {
    if (this.token && isAlive(this.token)) return this.token.token;
    this.proving ??= this.prove().finally(() => (this.proving = undefined));
    return this.proving;
  }

  /** A device that slept between challenge and answer, or has a slow line, is given another challenge. */
  private async prove(): Promise<string> {
    const proof = await this.answerOne().catch((error: unknown) => {
      if (error instanceof Fault) return this.answerOne();
      throw error;
    });
    this.token = proof;
    return proof.token;
  }

  private async answerOne(): Promise<Token> {
    if (!this.enrolment) throw new SignedOut(t('tablet.enrol.unknown'));
    const { tabletId, keys } = this.enrolment;
    const { challenge } = await post<{ challenge: string }>('/tablet/challenge', { tabletId });
    const signed = await crypto.subtle.sign(
      { name: 'ECDSA', hash: 'SHA-256' },
      keys.privateKey,
      new TextEncoder().encode(challenge),
    );
    const signature = btoa(String.fromCharCode(...new Uint8Array(signed)));
    return post<Token>('/tablet/token', { tabletId, challenge, signature });
  }
}
