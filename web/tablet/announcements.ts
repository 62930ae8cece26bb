import type { Visit } from './board.rules.js';

/** Announces who comes in, but nobody whom this tablet checks in itself: whoever comes in meanwhile is announced when it is known who she is. */
export class Announcements {
  /** Check-ins of this tablet that the server has not answered yet, and who came in meanwhile. */
  private underWay = 0;
  private held: Visit[] = [];

  constructor(private readonly announce: (visit: Visit) => void) {}

  cameIn(visit: Visit): void {
    if (this.underWay > 0) this.held.push(visit);
    else this.announce(visit);
  }

  async checkingIn<Result>(
    work: () => Promise<Result>,
    visitOf: (result: Result) => string | undefined,
  ): Promise<Result> {
    this.underWay += 1;
    let own: string | undefined;
    try {
      const result = await work();
      own = visitOf(result);
      return result;
    } finally {
      this.underWay -= 1;
      const others = this.held.filter((visit) => visit.id !== own);
      this.held = this.underWay > 0 ? others : [];
      const last = this.underWay > 0 ? undefined : others.at(-1);
      if (last) this.announce(last);
    }
  }
}
