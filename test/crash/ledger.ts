/** What the load does. */
export type Kind = 'events' | 'configuration' | 'check-in';

/** One thing that was said under a key of its own, until it was acknowledged. */
export interface Attempt {
  readonly kind: Kind;
  readonly key: string;
  readonly storeId?: string;
  /** When it was sent for the first time, in milliseconds of this process. */
  readonly sentAt: number;
  tries: number;
  acknowledgedAt?: number;
  /** What the answer named: ids of visits and configurations, for the ledger to compare with the database. */
  answered?: string;
  /** An answer that should not have been given. */
  refused?: string;
}

/** Everything that was said, as the senders remember it. */
export class Ledger {
  readonly attempts: Attempt[] = [];

  /** Those that were acknowledged. */
  acknowledged(kind: Kind): Attempt[] {
    return this.attempts.filter((attempt) => attempt.kind === kind && attempt.acknowledgedAt !== undefined);
  }

  /** The first of a kind that was both sent and acknowledged after a moment. */
  resumed(kind: Kind, moment: number): Attempt | undefined {
    return this.attempts.find(
      (attempt) => attempt.kind === kind && attempt.sentAt > moment && attempt.acknowledgedAt !== undefined,
    );
  }

  /** Those whose first answer was lost and that were settled by saying them again. */
  get repeated(): number {
    return this.attempts.filter(({ tries, acknowledgedAt }) => tries > 1 && acknowledgedAt !== undefined).length;
  }
}
