import { Injectable, Logger } from '@nestjs/common';
import { Transactions } from '../platform/database/transactions.js';
import { isUnavailable } from '../platform/database/unavailable.js';
import { Job, type Reactions } from '../platform/queue/job.js';
import { JobRegistry } from '../platform/queue/job-registry.js';
import { messagesPerEvent } from './ingest.events.js';
import { Projections } from './projections.js';
import { Quarantine } from './quarantine.js';
import { receivedMessages } from './received-messages.query.js';

/** Kept messages, by id. */
interface ResolveMessages {
  readonly messageIds: readonly string[];
}

/** Makes of what was said the rows that every room needs, all of one message or none. */
@Injectable()
export class ResolveMessagesJob extends Job<ResolveMessages> {
  readonly name = 'resolve-messages';
  readonly queue = 'intake';
  override readonly on: Reactions<ResolveMessages> = {
    'messages.received': (event) => [{ payload: { messageIds: event.messageIds } }],
  };
  private readonly logger = new Logger('Intake');

  constructor(
    registry: JobRegistry,
    private readonly transactions: Transactions,
    private readonly projections: Projections,
    private readonly quarantine: Quarantine,
  ) {
    super();
    registry.add(this);
  }

  /** Small batches that wait are worked on together: one transaction for many is cheaper than one for each. */
  override gather(payloads: readonly ResolveMessages[]): readonly ResolveMessages[] {
    const gathered: { messageIds: string[] }[] = [];
    for (const { messageIds } of payloads) {
      const last = gathered.at(-1);
      if (last && last.messageIds.length + messageIds.length <= messagesPerEvent) last.messageIds.push(...messageIds);
      else gathered.push({ messageIds: [...messageIds] });
    }
    return gathered;
  }

  async perform({ messageIds }: ResolveMessages): Promise<void> {
    try {
      await this.project(messageIds);
    } catch (error) {
      if (isTransient(error) || messageIds.length === 0) throw error;
      await this.projectSingly(messageIds, error);
    }
  }

  private async project(messageIds: readonly string[]): Promise<void> {
    await this.transactions.run(async (tx) => {
      await this.projections.run(tx, await receivedMessages(tx, messageIds));
    });
  }

  /** One message that cannot be understood goes to quarantine and does not hold up the others of its batch. */
  private async projectSingly(messageIds: readonly string[], cause: unknown): Promise<void> {
    this.logger.warn(`A batch of ${messageIds.length} was not understood, trying one by one: ${String(cause)}`);
    for (const id of messageIds) {
      try {
        await this.project([id]);
      } catch (error) {
        if (isTransient(error)) throw error;
        const kept = await this.quarantine.keepUnresolvable(id, error);
        if (!kept) throw error;
        this.logger.error(
          { messageId: id, error: String(error) },
          'A message cannot be understood; see "npx foyer quarantine list".',
        );
      }
    }
  }
}

const lockedOut = /^(40|55P03)/;

/** What a later attempt may settle by itself: an outage, or a transaction that lost against others. */
function isTransient(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return isUnavailable(error) || (typeof code === 'string' && lockedOut.test(code));
}
