/** How many calls a process works on at once; beyond that a sender is asked to come again, before memory runs out. */
export class Crowd {
  private inside = 0;

  constructor(private readonly most = 400) {}

  /** Lets one in and returns what to call when it leaves; undefined when there is no room. */
  enter(): (() => void) | undefined {
    if (this.inside >= this.most) return undefined;
    this.inside += 1;
    return () => {
      this.inside -= 1;
    };
  }
}
