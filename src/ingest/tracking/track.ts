import { Injectable, Logger } from '@nestjs/common';
import type { Actor } from '../../access/actor.js';
import { UserSignatures } from '../../access/user-signatures.js';
import { Transactions } from '../../platform/database/transactions.js';
import { Clock } from '../../shared/clock.js';
import { judgeCall, type BadMessage, type JudgedCall, type TrackingCall } from '../batch.rules.js';
import { instantOf } from '../event-time.rules.js';
import { Intake } from '../intake.js';
import type { Keepable } from '../judge.rules.js';

/** What became of a call's messages. */
export interface Tracked {
  /** Messages kept now. */
  readonly accepted: number;
  /** Messages that were kept before. */
  readonly duplicates: number;
  readonly quarantined: readonly BadMessage[];
}

/** SQLSTATE classes of values that PostgreSQL will not take, whoever sends them. */
const unstorable = /^(22|54)/;

/** Keeps what a tracking call says: all that can be kept in one transaction, and the rest in quarantine. */
@Injectable()
export class Track {
  private readonly logger = new Logger('Tracking');

  constructor(
    private readonly transactions: Transactions,
    private readonly intake: Intake,
    private readonly signatures: UserSignatures,
    private readonly clock: Clock,
  ) {}

  /** Keeps the messages of a call; settled after the commit. */
  async keep(actor: Actor & Required<Pick<Actor, 'source'>>, call: TrackingCall): Promise<Tracked> {
    const { source, asserts } = actor;
    const receivedAt = this.clock.now();
    const { sentAt } = call.body;
    const judged = judgeCall(call, {
      receivedAt,
      asserts,
      sentAt,
      vouches: (userId, signature) => this.signatures.vouches(source.id, userId, signature),
    });
    const sent = instantOf(sentAt);
    const write = (part: JudgedCall): Promise<number> =>
      this.transactions.run(async (tx) => {
        const aside = part.bad.map((bad) => ({
          ...bad,
          asserted: asserts,
          sentAt: sent === undefined || Number.isNaN(sent) ? null : new Date(sent),
        }));
        await this.intake.putAside(tx, source, aside, receivedAt);
        return (await this.intake.keep(tx, source, part.good, receivedAt)).length;
      });
    const { kept, bad } = await this.writeAll(judged, write);
    return { accepted: kept, duplicates: judged.good.length + judged.bad.length - kept - bad.length, quarantined: bad };
  }

  /** One transaction; if PostgreSQL refuses a value, one for each message, so that it costs only its own. */
  private async writeAll(
    judged: JudgedCall,
    write: (part: JudgedCall) => Promise<number>,
  ): Promise<{ kept: number; bad: BadMessage[] }> {
    try {
      return { kept: await write(judged), bad: judged.bad };
    } catch (error) {
      if (!isUnstorable(error)) throw error;
      this.logger.warn(`A message of a batch cannot be stored; keeping the others one by one: ${error.message}`);
    }
    await write({ good: [], bad: judged.bad });
    const bad = [...judged.bad];
    const places = placesOfGood(judged);
    let kept = 0;
    for (const [at, message] of judged.good.entries()) {
      try {
        kept += await write({ good: [message], bad: [] });
      } catch (error) {
        if (!isUnstorable(error)) throw error;
        bad.push(unstorableOf(message, places[at] ?? at, error));
        await write({ good: [], bad: bad.slice(-1) });
      }
    }
    return { kept, bad };
  }
}

/** The places in the batch of those that are good: what the bad ones leave free. */
function placesOfGood({ good, bad }: JudgedCall): number[] {
  const taken = new Set(bad.map(({ index }) => index));
  return Array.from({ length: good.length + bad.length }, (_, index) => index).filter((index) => !taken.has(index));
}

function unstorableOf({ text }: Keepable, index: number, error: Error): BadMessage {
  return {
    reason: 'unstorable',
    detail: `PostgreSQL cannot store it: ${error.message}`,
    index,
    text: text.replaceAll('\0', ''),
  };
}

function isUnstorable(error: unknown): error is Error {
  const { code } = error as { code?: unknown };
  return error instanceof Error && typeof code === 'string' && unstorable.test(code);
}
