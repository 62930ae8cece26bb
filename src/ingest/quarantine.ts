import { Injectable } from '@nestjs/common';
import { UserSignatures } from '../access/user-signatures.js';
import { Database } from '../platform/database/database.js';
import { Transactions, type Tx } from '../platform/database/transactions.js';
import { Clock } from '../shared/clock.js';
import { Intake } from './intake.js';
import { isOfRow } from './import/row-message.rules.js';
import { isBad, judge, type Bad, type Keepable } from './judge.rules.js';
import type { Quarantined } from './quarantine.entity.js';
import { depthOf } from './raw-json.rules.js';
import { fieldsOf, textOf } from './tracking-event.js';

/** A quarantined message with the code of its source. */
export type QuarantineEntry = Quarantined & { readonly source: string };

/** What became of a replay: kept anew, announced anew, known already, or still bad. */
export type Replayed =
  | { readonly outcome: 'kept' | 'announced' | 'duplicate'; readonly messageId: string }
  | ({ readonly outcome: 'still-bad' } & Bad)
  | { readonly outcome: 'unknown' };

const entry = `q.id, q.source_id AS "sourceId", q.received_at AS "receivedAt", q.reason, q.detail, q.asserted, q.body,
  q.sent_at AS "sentAt", q.settled_at AS "settledAt", q.settlement, s.code AS source
  FROM quarantine q JOIN source s ON s.id = q.source_id`;

/** Messages that wait for somebody to repair or to give them up. */
@Injectable()
export class Quarantine {
  constructor(
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly intake: Intake,
    private readonly signatures: UserSignatures,
    private readonly clock: Clock,
  ) {}

  /** The open ones, oldest first. */
  async open(limit = 100): Promise<QuarantineEntry[]> {
    return this.database.query(`SELECT ${entry} WHERE q.settled_at IS NULL ORDER BY q.received_at, q.id LIMIT $1`, [
      limit,
    ]);
  }

  /** One, open or settled. */
  async find(id: string): Promise<QuarantineEntry | undefined> {
    const [found] = await this.database.query<QuarantineEntry>(`SELECT ${entry} WHERE q.id = $1`, [id]);
    return found;
  }

  /** Puts a kept message aside that could not be understood; false when there is no such message. */
  async keepUnresolvable(messageId: string, error: unknown): Promise<boolean> {
    const detail = error instanceof Error ? error.message : String(error);
    const rows = await this.database.query(
      `INSERT INTO quarantine (id, source_id, received_at, reason, detail, asserted, body)
       SELECT id, source_id, received_at, 'unresolvable', $2, asserted, body::text FROM message WHERE id = $1
       ON CONFLICT (id) DO UPDATE SET detail = excluded.detail, settled_at = NULL, settlement = NULL RETURNING id`,
      [messageId, detail.replaceAll('\0', '')],
    );
    return rows.length > 0;
  }

  /** Judges one again, with its text as it came or repaired, as of the time it was received, and settles it if it is good now. */
  async replay(id: string, repaired?: string): Promise<Replayed> {
    return this.transactions.run(async (tx) => {
      const [found] = await tx.query<QuarantineEntry>(
        `SELECT ${entry} WHERE q.id = $1 AND q.settled_at IS NULL FOR UPDATE OF q`,
        [id],
      );
      if (!found) return { outcome: 'unknown' };
      if (found.reason === 'unresolvable' && repaired === undefined && (await isKept(tx, id)))
        return this.announceAgain(tx, found);
      const judged = this.judgeAgain(found, repaired);
      if (isBad(judged)) return { outcome: 'still-bad', ...judged };
      const [fresh] = await this.intake.keep(tx, { id: found.sourceId }, [judged], found.receivedAt);
      await this.settle(tx, id, fresh === undefined ? 'duplicate' : `kept as ${fresh}`);
      return { outcome: fresh === undefined ? 'duplicate' : 'kept', messageId: judged.messageId };
    });
  }

  private async announceAgain(tx: Tx, { id }: QuarantineEntry): Promise<Replayed> {
    await this.intake.announce(tx, [id]);
    await this.settle(tx, id, 'announced again');
    return { outcome: 'announced', messageId: id };
  }

  /** The repair of a message that is kept already is a message of its own: what was said stays as it was. */
  private judgeAgain(found: QuarantineEntry, repaired: string | undefined): Keepable | Bad {
    if (isRefusedRow(found) && (repaired ?? found.body).trim() === found.body.trim())
      return { reason: found.reason, detail: `${found.detail} Give it repaired, with --body.` };
    const text = (repaired ?? found.body).trim();
    const body = parsed(text);
    if (body === undefined) return { reason: 'not-an-object', detail: 'It is not valid JSON.' };
    const judged = judge({ text, depth: depthOf(text) }, body, {
      receivedAt: found.receivedAt,
      asserts: found.asserted,
      sentAt: found.sentAt?.toISOString(),
      vouches: (userId, signature) => this.signatures.vouches(found.sourceId, userId, signature),
    });
    if (isBad(judged) || found.reason !== 'unresolvable' || repaired === undefined) return judged;
    if (judged.messageId !== idOf(found)) return judged;
    return { ...judged, messageId: `repaired-${found.id}-${this.clock.now().getTime()}` };
  }

  private async settle(tx: Tx, id: string, settlement: string): Promise<void> {
    await tx.query('UPDATE quarantine SET settled_at = $2, settlement = $3 WHERE id = $1', [
      id,
      this.clock.now(),
      settlement,
    ]);
  }
}

function idOf({ body }: QuarantineEntry): string | undefined {
  return textOf(fieldsOf(parsed(body)), ['messageId'], 100);
}

/** A row of a file that an import refused for what the rules for messages do not ask: it is no better by being asked again. */
function isRefusedRow(found: QuarantineEntry): boolean {
  return found.reason !== 'unresolvable' && isOfRow(idOf(found) ?? '');
}

/** Whether it is a message that was kept; a row of a file that could not be understood was not. */
async function isKept(tx: Tx, id: string): Promise<boolean> {
  return (await tx.query('SELECT FROM message WHERE id = $1', [id])).length > 0;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
