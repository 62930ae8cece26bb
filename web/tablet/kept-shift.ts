import { freshKey } from '../shared/ids.js';
import { SignedOut } from '../shared/ask.js';
import { onDevice } from '../shared/kept.js';
import { post } from './tablet-post.js';
import { isAlive, type Token } from './token.js';
import { forget, open, seal } from './vault.js';

/** Where an open shift is kept, sealed, and the tokens of those that ended without the server hearing of it. */
const SHIFT = 'shift';
const UNTOLD = 'shifts-untold';
/** The shift that is open here, known at once to the next page; what is kept of any other counts for nothing. */
const OPEN_SHIFT = 'foyer.shift';
/** Milliseconds between two notes that somebody still works with it. */
const NOTED_EVERY = 10_000;
/** Milliseconds after which a tablet that nobody touches is locked. */
export const IDLE = 3 * 60_000;

/** The token of whoever opened it. */
export type Shift = Token & { staffId: string; name: string };

/** An open shift and when the tablet was last touched, by the device's own clock. */
interface Kept {
  shift: Shift;
  touchedAt: number;
}

/** A shift as this device keeps it: it outlives a reload, without a network too, for as long as the tablet would have stayed unlocked. */
export class KeptShift {
  private notedAt = 0;
  private noting: Promise<void> | undefined;

  /** The shift that goes on here, and when it was last worked with; undefined when there is none. */
  async recall(): Promise<Kept | undefined> {
    const kept = await open<Kept>(SHIFT).catch(() => undefined);
    if (!kept) return undefined;
    const idle = Date.now() - kept.touchedAt;
    const isOpen = kept.shift.name === onDevice.get(OPEN_SHIFT);
    if (isOpen && isAlive(kept.shift) && idle >= 0 && idle < IDLE) return kept;
    await forget(SHIFT);
    return undefined;
  }

  /** Somebody has begun one. */
  async begin(token: Token, staffId: string): Promise<Shift> {
    const shift = { ...token, staffId, name: freshKey() };
    onDevice.set(OPEN_SHIFT, shift.name);
    this.notedAt = 0;
    await this.note(shift, Date.now());
    return shift;
  }

  /** Somebody works with it. */
  async note(shift: Shift, touchedAt: number): Promise<void> {
    if (touchedAt - this.notedAt < NOTED_EVERY) return;
    this.notedAt = touchedAt;
    this.noting = seal(SHIFT, { shift, touchedAt } satisfies Kept, SHIFT).catch(() => undefined);
    await this.noting;
  }

  /** From now on no page of this tablet goes on with it, however slowly the device forgets; the touch that locks it may still be being noted. */
  async forget(): Promise<void> {
    onDevice.remove(OPEN_SHIFT);
    await this.noting;
    await forget(SHIFT);
  }

  /** Tells the server that it has ended; that it has to be told is kept first, for the page may be left. */
  async end({ token }: Shift): Promise<void> {
    // A device that keeps nothing tells it all the same.
    await seal(UNTOLD, [...(await untold()), token], SHIFT).catch(() => undefined);
    await tellEnded(token);
    await this.told(token);
  }

  /** Tells the server of all that it has not heard of yet. @throws Unreachable */
  async tellEnded(): Promise<void> {
    for (const token of await untold()) {
      await tellEnded(token);
      await this.told(token);
    }
  }

  private async told(token: string): Promise<void> {
    const left = (await untold()).filter((each) => each !== token);
    await (left.length > 0 ? seal(UNTOLD, left, SHIFT) : forget(UNTOLD));
  }
}

async function untold(): Promise<string[]> {
  return (await open<string[]>(UNTOLD).catch(() => undefined)) ?? [];
}

/** @throws Unreachable; one that the server knows no more has ended. */
async function tellEnded(token: string): Promise<void> {
  await post('/tablet/shift/end', {}, token).catch((error: unknown) => {
    if (!(error instanceof SignedOut)) throw error;
  });
}
