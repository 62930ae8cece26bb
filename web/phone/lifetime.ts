/**
 * How long something lasts, by whichever of the device's clocks has gone further: somebody may set the one back, and the
 * other stands still while a phone sleeps.
 */
export class Lifetime {
  private readonly steady = performance.now();
  private readonly shown = Date.now();

  constructor(private readonly milliseconds: number) {}

  /** Milliseconds that are left; not above nought once it is over. */
  get left(): number {
    return this.milliseconds - Math.max(performance.now() - this.steady, Date.now() - this.shown);
  }
}
