import { Injectable } from '@nestjs/common';
import type { Actor } from '../access/actor.js';
import { Audit } from '../access/audit.js';
import { steps } from '../enrichment/steps.js';
import { Clock } from '../shared/clock.js';
import type { Visit } from '../visit/visit.entity.js';
import { ContextLoader } from './context.loader.js';
import type { ContextRow } from './context.row.js';
import { mayReadContext, permitted } from './context.rules.js';
import { fieldsRead, type Selection } from './fields-read.js';
import { presentContext } from './present.rules.js';
import type { VisitorContext } from './visitor-context.view.js';

/** Briefs a salesperson: reads, applies rights, writes, and leaves a trace of who read what of whom. */
@Injectable()
export class BriefingService {
  /** Rows that arrived together with a visit, for all tablets that are told of it. */
  private readonly beside = new WeakMap<object, ContextRow>();

  constructor(
    private readonly loader: ContextLoader,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /** Reads once what several readers are about to be told of a visit. */
  async prepare(visit: Visit): Promise<void> {
    const row = await this.loader.load(visit.id);
    if (row) this.beside.set(visit, row);
  }

  /** The context of a visit as this reader may see it; null when she may not see any. */
  async contextOf(visit: Visit, actor: Actor, asked: Selection): Promise<VisitorContext | null> {
    const row = this.beside.get(visit) ?? (await this.loader.load(visit.id));
    if (!row || !mayReadContext(actor, row, visit.state)) return null;
    const allowed = permitted(actor, row);
    this.note(row, fieldsRead(allowed.level, asked), actor);
    const reader = { locale: actor.language, timeZone: row.timeZone };
    return presentContext(row, allowed, reader, steps, this.clock.now());
  }

  private note({ visitId, storeId, customerId }: ContextRow, fields: readonly string[], actor: Actor): void {
    this.audit.read({ action: 'visit.context.read', actor, storeId, customerId, visitId, fields });
  }
}
