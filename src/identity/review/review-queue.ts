import { Injectable } from '@nestjs/common';
import type { Actor } from '../../access/actor.js';
import { Audit } from '../../access/audit.js';
import { Database } from '../../platform/database/database.js';
import { BadUserInput } from '../../platform/graphql/errors.js';
import { model } from '../evidence/model.js';
import { waterfall } from './evidence-line.view.js';
import { sayHeldApart } from './held-apart.rules.js';
import { clearanceOf } from './mask-record.rules.js';
import { recordsById } from './records.query.js';
import { countOpenPairs, openPairsAfter, readCursor, writeCursor } from './review-queue.query.js';
import type { ReviewPage } from './review-queue.view.js';
import { standings } from './standing.rules.js';

/** Pairs a page holds at most. */
const most = 100;

/** Pairs that are counted; beyond, nobody needs to know exactly. */
const mostCounted = 500;

/** What the machine leaves to people: pairs that are likely but not certain, and certain ones that a guard holds apart. */
@Injectable()
export class ReviewQueue {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  /** The likeliest pairs behind a cursor, as far as the caller may read them. */
  async page(first: number, after: string | undefined, actor: Actor): Promise<ReviewPage> {
    if (first < 1 || first > most) throw new BadUserInput(`Ask for 1 to ${most} pairs.`, ['first']);
    const place = after === undefined ? undefined : readCursor(after);
    if (after !== undefined && !place) throw new BadUserInput('This is no cursor of the queue.', ['after']);
    const open = await openPairsAfter(this.database, first + 1, place);
    const pairs = open.slice(0, first);
    const ids = pairs.flatMap(({ lo, hi }) => [lo, hi]);
    const records = await recordsById(this.database, ids, clearanceOf(actor.roles));
    const shown = pairs.flatMap(({ lo, hi, weight, evidence, refused }) => {
      const [a, b] = [records.get(lo), records.get(hi)];
      if (!a || !b) return [];
      const fields = standings(a.told, b.told);
      const heldApart = sayHeldApart(actor.language, refused);
      const lines = waterfall(actor.language, evidence);
      return [{ id: `${lo}:${hi}`, a, b, fields, weight: Number(weight), heldApart, evidence: lines }];
    });
    for (const { a, b } of shown)
      for (const { id, customerId, values } of [a, b])
        this.audit.read({
          action: 'identity.review.read',
          actor,
          customerId,
          recordId: id,
          fields: [...new Set(values.map((value) => value.field))],
        });
    const last = pairs.at(-1);
    return {
      pairs: shown,
      nextCursor: open.length > first && last ? writeCursor(last) : null,
      certainFrom: model.automatic,
    };
  }

  /** How many pairs wait, up to a bound. */
  waiting(): Promise<number> {
    return countOpenPairs(this.database, mostCounted);
  }
}
