import { Injectable } from '@nestjs/common';
import type { Actor } from '../access/actor.js';
import { Audit } from '../access/audit.js';
import { steps } from '../enrichment/steps.js';
import { Clock } from '../shared/clock.js';
import type { Visit } from '../visit/visit.entity.js';
import { isUuid } from '../visit/visit.query.js';
import { ContextLoader } from './context.loader.js';
import type { ContextRow } from './context.row.js';
import { mayReadContext, permitted, type Permitted } from './context.rules.js';
import { fieldsRead, type Selection } from './fields-read.js';
import { presentContext } from './present.rules.js';
import type { VisitorContext } from './visitor-context.view.js';

/** Where a visit carries the row that was read together with it, for all readers of this object; a weak map would outlive them. */
const beside = Symbol('context row');
type Prepared = Visit & { readonly [beside]?: ContextRow };

/** Briefs a salesperson: reads, applies rights, writes, and leaves a trace of who read what of whom. */
@Injectable()
export class BriefingService {
  /** What was written in this turn of the event loop of such a row, by what its readers may read and their language. */
  private readonly written = new Map<ContextRow, Map<string, VisitorContext>>();

  constructor(
    private readonly loader: ContextLoader,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /** Reads a visit and, in the same packet, what its readers are about to be told of it. */
  async prepare(visitId: string, read: () => Promise<Visit | undefined>): Promise<Visit | undefined> {
    if (!isUuid(visitId)) return read();
    // The loader asks at the end of this turn: what is asked before then goes with it.
    const [row, visit] = await Promise.all([this.loader.load(visitId), read()]);
    return visit && row ? Object.assign(visit, { [beside]: row }) : visit;
  }

  /** The context of a visit as this reader may see it; null when she may not see any. */
  async contextOf(visit: Prepared, actor: Actor, asked: Selection): Promise<VisitorContext | null> {
    const shared = visit[beside];
    const row = shared ?? (await this.loader.load(visit.id));
    if (!row || !mayReadContext(actor, row, visit.state)) return null;
    const allowed = permitted(actor, row);
    this.note(row, fieldsRead(allowed.level, asked), actor);
    return shared ? this.once(row, actor, allowed) : this.write(row, actor, allowed);
  }

  /** Tablets that are told in one turn, and may read the same in the same language, are given the same. */
  private once(row: ContextRow, actor: Actor, allowed: Permitted): VisitorContext {
    const readers = `${actor.language} ${actor.roles.join()}`;
    const known = this.written.get(row)?.get(readers);
    if (known) return known;
    if (this.written.size === 0) setImmediate(() => this.written.clear());
    const context = this.write(row, actor, allowed);
    this.written.set(row, new Map([...(this.written.get(row) ?? []), [readers, context]]));
    return context;
  }

  private write(row: ContextRow, { language }: Actor, allowed: Permitted): VisitorContext {
    return presentContext(row, allowed, { locale: language, timeZone: row.timeZone }, steps, this.clock.now());
  }

  private note({ visitId, storeId, customerId }: ContextRow, fields: readonly string[], actor: Actor): void {
    this.audit.read({ action: 'visit.context.read', actor, storeId, customerId, visitId, fields });
  }
}
