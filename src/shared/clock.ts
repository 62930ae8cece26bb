/** The one place that knows what time it is; rules take `now` as an argument instead. */
export abstract class Clock {
  /** The present instant. */
  abstract now(): Date;
}

/** The machine's clock. */
export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}

/** A clock that a story sets and moves by hand; it stands still in between. */
export class FixedClock extends Clock {
  constructor(private instant: Date) {
    super();
  }

  now(): Date {
    return new Date(this.instant);
  }

  /** Jumps to an instant. */
  set(instant: Date): void {
    this.instant = new Date(instant);
  }

  /** Moves on by a number of milliseconds. */
  advance(milliseconds: number): void {
    this.instant = new Date(this.instant.getTime() + milliseconds);
  }
}

const second = 1000;

/** Milliseconds in `n` seconds. */
export const seconds = (n: number): number => n * second;
/** Milliseconds in `n` minutes. */
export const minutes = (n: number): number => n * 60 * second;
/** Milliseconds in `n` hours. */
export const hours = (n: number): number => n * 3600 * second;
/** Milliseconds in `n` days of 24 hours. */
export const days = (n: number): number => n * 86_400 * second;

/** The instant `milliseconds` after another (before it, when negative). */
export function after(instant: Date, milliseconds: number): Date {
  return new Date(instant.getTime() + milliseconds);
}
