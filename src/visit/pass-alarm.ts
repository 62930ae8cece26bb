import { Injectable, Logger } from '@nestjs/common';
import type { Actor } from '../access/actor.js';
import type { Tx } from '../platform/database/transactions.js';
import type { FeedNews } from './feed.js';
import { VisitJournal } from './visit.journal.js';

/** The same pass in two stores within minutes: somebody has forwarded or stolen it. */
@Injectable()
export class PassAlarm {
  private readonly log = new Logger(PassAlarm.name);

  constructor(private readonly journal: VisitJournal) {}

  /** Marks the visits the pass is of, here and elsewhere, and returns what their stores are to hear. */
  async raise(tx: Tx, passId: string, here: { storeId: string; visitId?: string; actor: Actor }): Promise<FeedNews[]> {
    const marked = await tx.query<{ id: string; store_id: string }>(
      `UPDATE visit SET alarm = true, version = version + 1
       WHERE NOT alarm AND (id = $3 OR (store_id <> $2 AND id IN (SELECT visit_id FROM redemption WHERE pass_id = $1)))
       RETURNING id, store_id`,
      [passId, here.storeId, here.visitId ?? null],
    );
    const { actor, storeId } = here;
    const visits = marked.map((visit) => ({ visitId: visit.id, storeId: visit.store_id }));
    for (const visit of visits) {
      await this.journal.note(tx, { action: 'pass.alarm', actor, ...visit, detail: { passId, shownInStore: storeId } });
    }
    tx.afterCommit(() => {
      const stores = new Set([storeId, ...visits.map((visit) => visit.storeId)]);
      this.log.warn({ passId, stores: [...stores] }, 'One pass was shown in two stores within minutes.');
    });
    return visits.filter((visit) => visit.visitId !== here.visitId).map((visit) => ({ ...visit, kind: 'CHANGED' }));
  }
}
