import { Injectable } from '@nestjs/common';
import type { Actor } from '../access/actor.js';
import { Audit } from '../access/audit.js';
import type { Tx } from '../platform/database/transactions.js';
import type { Events } from '../platform/outbox/events.js';
import { Outbox, priorities } from '../platform/outbox/outbox.js';
import './visit.events.js';

/** What happened to a visit, for everybody who has to know. */
export interface VisitNews {
  /** Verb of the audit trail: `visit.taken`. */
  readonly action: string;
  readonly actor: Pick<Actor, 'kind' | 'id' | 'staffId' | 'tabletId'>;
  readonly visitId: string;
  readonly storeId: string;
  readonly recordId?: string | null;
  readonly customerId?: string | undefined;
  readonly detail?: Readonly<Record<string, unknown>>;
  /** Told to the rooms below: her facts come first while she is here. */
  readonly topic?: 'visit.started' | 'visit.recognised' | 'visit.ended';
}

/** Who acts when nobody does: the house itself, at closing time. */
export const theHouse = { kind: 'PUBLIC', id: '00000000-0000-0000-0000-000000000000' } as const;

/** Writes down what happened: audit trail and event. */
@Injectable()
export class VisitJournal {
  constructor(
    private readonly audit: Audit,
    private readonly outbox: Outbox,
  ) {}

  /** Writes the audit entry and the event of something that happened. */
  async note(tx: Tx, news: VisitNews): Promise<void> {
    const { action, actor, visitId, storeId, customerId, recordId, detail, topic } = news;
    await this.audit.write(tx, {
      action,
      actor,
      visitId,
      storeId,
      recordId: recordId ?? null,
      customerId: customerId ?? null,
      ...(detail && { detail }),
    });
    if (!topic) return;
    const payload: Events[typeof topic] = { visitId, storeId, ...(customerId !== undefined && { customerId }) };
    await this.outbox.add(tx, topic, payload, { priority: priorities.inStore });
  }
}
