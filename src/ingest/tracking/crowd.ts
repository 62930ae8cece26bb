import { TrackingFault } from './tracking-fault.js';

const mostAtOnce = 400;

/** How many calls a process works on at once; beyond that a sender is asked to come again, before memory runs out. */
export class Crowd {
  private inside = 0;

  /** Does the work, or turns it away. @throws TrackingFault 429 when there is no room. */
  async admit<T>(work: () => Promise<T>): Promise<T> {
    if (this.inside >= mostAtOnce) throw new TrackingFault(429, 'Too many calls at once; send it again in a second.');
    this.inside += 1;
    try {
      return await work();
    } finally {
      this.inside -= 1;
    }
  }
}
