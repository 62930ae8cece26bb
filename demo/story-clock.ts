import { Clock, SystemClock } from '../src/shared/clock.js';

/** The machine's clock, moved: the story begins a day ago and ends now. */
export class StoryClock extends Clock {
  private readonly machine = new SystemClock();
  private offset = 0;

  now(): Date {
    return new Date(this.machine.now().getTime() + this.offset);
  }

  /** Runs ahead of the machine by this many milliseconds (behind it, when negative). */
  shift(milliseconds: number): void {
    this.offset = milliseconds;
  }
}
