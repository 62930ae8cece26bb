import { Injectable } from '@nestjs/common';
import type { Actor } from '../../access/actor.js';
import { Audit } from '../../access/audit.js';
import { Transactions, type Tx } from '../../platform/database/transactions.js';
import { BadUserInput } from '../../platform/graphql/errors.js';
import { IdentityService } from '../identity.service.js';
import type { Judge, Judging as Word } from '../judge/judgement.store.js';
import { pairOf, visitsOf } from '../judge/judgement.store.js';
import { companions } from '../resolve/membership.query.js';
import { readCustomer } from './customer.query.js';
import {
  AlreadyOne,
  type Customer,
  CustomerUnknown,
  Judged,
  JudgedApart,
  JudgementUnknown,
  NothingToSeparate,
  RecordUnknown,
  type Verdict,
} from './customer.view.js';

/** What judging comes to. */
export type JudgeOutcome =
  Judged | RecordUnknown | CustomerUnknown | JudgementUnknown | NothingToSeparate | AlreadyOne | JudgedApart;

/** What staff say of records and customers; it outranks the machine and can be taken back. */
@Injectable()
export class Judging {
  constructor(
    private readonly identity: IdentityService,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
  ) {}

  /** Two records are one person's, two people's, or nobody can say. */
  judge(
    { a, b, verdict, why }: { a: string; b: string; verdict: Verdict; why: string },
    actor: Actor,
  ): Promise<JudgeOutcome> {
    if (a === b) throw new BadUserInput('Name two different records.', ['a', 'b']);
    return this.transactions.run(async (tx) => {
      if (!(await this.areKnown(tx, [a, b]))) return new RecordUnknown();
      return this.say(tx, { a, b, verdict: verdict.toLowerCase() as Word['verdict'], why }, actor, 'identity.judged');
    });
  }

  /** A record is not of the customer it was put to. */
  separate(recordId: string, why: string, actor: Actor): Promise<JudgeOutcome> {
    return this.transactions.run(async (tx) => {
      if (!(await this.areKnown(tx, [recordId]))) return new RecordUnknown();
      const [, ...fellows] = await companions(tx, recordId, recordId);
      const visits = await visitsOf(tx, recordId);
      const fellow = fellows.find((id) => !visits.has(id)) ?? fellows[0];
      if (fellow === undefined) return new NothingToSeparate();
      const word = { a: recordId, b: fellow, verdict: 'different' as const, why };
      return this.say(tx, word, actor, 'identity.separated');
    });
  }

  /** Two customers are one person. */
  join(a: string, b: string, why: string, actor: Actor): Promise<JudgeOutcome> {
    return this.transactions.run(async (tx) => {
      const [one, other] = [await this.identity.presentId(tx, a), await this.identity.presentId(tx, b)];
      const [first, second] = [await lowestRecord(tx, one), await lowestRecord(tx, other)];
      if (first === undefined || second === undefined) return new CustomerUnknown();
      if (one === other) return new AlreadyOne();
      const against = await judgedApart(tx, one, other);
      if (against.length > 0) return new JudgedApart(against);
      return this.say(tx, { a: first, b: second, verdict: 'same', why }, actor, 'identity.joined');
    });
  }

  /** Takes a judgement back, with all that was said in the same breath, and nobody else's word. */
  revoke(id: string, actor: Actor): Promise<JudgeOutcome> {
    return this.transactions.run(async (tx) => {
      const [word] = await tx.query<{ lo: string; hi: string }>(
        'SELECT lo, hi FROM judgement WHERE id = $1 AND revoked_at IS NULL',
        [id],
      );
      if (!word) return new JudgementUnknown();
      await this.identity.revoke(tx, id, judgeOf(actor));
      const customers = await this.customersOf(tx, [word.lo, word.hi]);
      await this.tell(tx, 'judgement.revoked', actor, word.lo, customers, { judgementId: id });
      return new Judged(customers, null);
    });
  }

  private async say(
    tx: Tx,
    word: Pick<Word, 'a' | 'b' | 'verdict' | 'why'>,
    actor: Actor,
    action: string,
  ): Promise<Judged> {
    await this.identity.judge(tx, { ...word, by: judgeOf(actor) });
    const { lo, hi } = pairOf(word.a, word.b);
    const [said] = await tx.query<{ id: string }>(
      'SELECT id FROM judgement WHERE lo = $1 AND hi = $2 AND revoked_at IS NULL ORDER BY at DESC, id DESC LIMIT 1',
      [lo, hi],
    );
    const customers = await this.customersOf(tx, [word.a, word.b]);
    const detail = { verdict: word.verdict, other: word.b, judgementId: said?.id ?? null };
    await this.tell(tx, action, actor, word.a, customers, detail);
    return new Judged(customers, said?.id ?? null);
  }

  private async tell(
    tx: Tx,
    action: string,
    actor: Actor,
    recordId: string,
    customers: readonly Customer[],
    detail: Record<string, unknown>,
  ): Promise<void> {
    for (const { id } of customers) await this.audit.write(tx, { action, actor, customerId: id, recordId, detail });
  }

  private async areKnown(tx: Tx, ids: readonly string[]): Promise<boolean> {
    for (const id of ids) if ((await this.identity.customerOf(tx, id)) === undefined) return false;
    return true;
  }

  private async customersOf(tx: Tx, recordIds: readonly string[]): Promise<Customer[]> {
    const customers = new Map<string, Customer>();
    for (const recordId of recordIds) {
      const id = await this.identity.customerOf(tx, recordId);
      const customer = id === undefined ? null : await readCustomer(tx, id);
      if (customer) customers.set(customer.id, customer);
    }
    return [...customers.values()];
  }
}

function judgeOf(actor: Actor): Judge {
  return { kind: 'staff', id: actor.staffId ?? actor.id };
}

async function lowestRecord(tx: Tx, customerId: string): Promise<string | undefined> {
  const [row] = await tx.query<{ record_id: string }>(
    'SELECT record_id FROM membership WHERE customer_id = $1 ORDER BY record_id LIMIT 1',
    [customerId],
  );
  return row?.record_id;
}

async function judgedApart(tx: Tx, a: string, b: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `SELECT DISTINCT j.id FROM judgement j
     JOIN membership lo ON lo.record_id = j.lo JOIN membership hi ON hi.record_id = j.hi
     WHERE j.revoked_at IS NULL AND j.verdict = 'different'
       AND ((lo.customer_id = $1 AND hi.customer_id = $2) OR (lo.customer_id = $2 AND hi.customer_id = $1))
     ORDER BY j.id`,
    [a, b],
  );
  return rows.map((row) => row.id);
}
