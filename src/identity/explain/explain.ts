import { Injectable } from '@nestjs/common';
import type { Actor } from '../../access/actor.js';
import { Audit } from '../../access/audit.js';
import { Database } from '../../platform/database/database.js';
import { Transactions } from '../../platform/database/transactions.js';
import { say } from '../../shared/catalogue/say.js';
import { relatedTo } from '../household/related.query.js';
import { identifierKinds } from '../identifier-kinds.js';
import { IdentityService } from '../identity.service.js';
import type { CustomerRecord } from '../review/customer-record.view.js';
import { type EvidenceLine, sharedLines, waterfall } from '../review/evidence-line.view.js';
import { clearanceOf } from '../review/mask-record.rules.js';
import { recordsOfCustomer } from '../review/records.query.js';
import { type Customer, type Judgement, type RelatedCustomer, type Tie, TieKind } from './customer.view.js';
import { judgementsOf, readCustomer } from './customer.query.js';
import { tiesOf } from './ties.query.js';
import { type Reason, strongestPath, type Tie as Held } from './ties.rules.js';

/** Shows a customer with her records, and why they are hers. */
@Injectable()
export class Explain {
  constructor(
    private readonly identity: IdentityService,
    private readonly database: Database,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
  ) {}

  /** A customer by any id she ever had. */
  async customer(id: string): Promise<Customer | null> {
    return readCustomer(this.database, await this.identity.presentId(this.database, id));
  }

  /** Her records, as far as the caller may read them. */
  async records(customer: Customer, actor: Actor): Promise<CustomerRecord[]> {
    const records = await recordsOfCustomer(this.database, customer.id, clearanceOf(actor.roles));
    const fields = new Set(records.flatMap((record) => record.values.map((value) => value.field)));
    this.audit.read({ action: 'customer.records.read', actor, customerId: customer.id, fields: [...fields] });
    return records;
  }

  /** The human words in force on her records. */
  judgements(customer: Customer): Promise<Judgement[]> {
    return judgementsOf(this.database, customer.id);
  }

  /** The customers of her household. */
  async related({ id }: Customer, actor: Actor): Promise<RelatedCustomer[]> {
    const rows = await relatedTo(this.database, id);
    const found: RelatedCustomer[] = [];
    for (const { customerId, evidence, ...records } of rows) {
      const customer = await readCustomer(this.database, customerId);
      if (customer) found.push({ customer, ...records, evidence: sharedLines(actor.language, evidence) });
    }
    if (found.length > 0) this.audit.read({ action: 'customer.related.read', actor, customerId: id });
    return found;
  }

  /** The firmest path between two of her records; null when one of them is not hers. */
  async why(customer: Customer, recordA: string, recordB: string, actor: Actor): Promise<Tie[] | null> {
    const path = await this.transactions.run(async (tx) => {
      const [a, b] = [await this.identity.customerOf(tx, recordA), await this.identity.customerOf(tx, recordB)];
      if (a !== customer.id || b !== customer.id) return undefined;
      return strongestPath(await tiesOf(tx, recordA), recordA, recordB);
    });
    if (!path) return null;
    this.audit.read({ action: 'customer.why.read', actor, customerId: customer.id, detail: { recordA, recordB } });
    const words = await this.words(path);
    return path.map((tie) => shown(tie, words, actor.language));
  }

  private async words(path: readonly Held[]): Promise<Map<string, string>> {
    const ids = path.flatMap(({ reason }) => (reason.kind === 'judged' ? [reason.judgementId] : []));
    if (ids.length === 0) return new Map();
    const rows = await this.database.query<{ id: string; why: string }>(
      'SELECT id, why FROM judgement WHERE id = ANY($1::uuid[])',
      [ids],
    );
    return new Map(rows.map((row) => [row.id, row.why]));
  }
}

const kindOf = {
  judged: TieKind.JUDGED,
  proof: TieKind.PROOF,
  evidence: TieKind.EVIDENCE,
  device: TieKind.DEVICE,
} as const;

function shown({ a, b, weight, reason }: Held, words: ReadonlyMap<string, string>, language: string): Tie {
  const isWord = reason.kind === 'judged';
  return {
    recordA: a,
    recordB: b,
    kind: kindOf[reason.kind],
    weight: isWord ? null : weight,
    evidence: lines(reason, weight, words, language),
    judgementId: isWord ? reason.judgementId : null,
  };
}

function lines(reason: Reason, weight: number, words: ReadonlyMap<string, string>, language: string): EvidenceLine[] {
  switch (reason.kind) {
    case 'judged':
      return [
        {
          field: 'judgement',
          weight: null,
          text: say(language, 'evidence.judged', { why: words.get(reason.judgementId) ?? '' }),
        },
      ];
    case 'proof': {
      const { kind, key } = reason.value;
      const params = { kind, shown: identifierKinds.get(kind)?.mask(key) ?? '…' };
      const text = say(language, reason.isShared ? 'evidence.shared-proof' : 'evidence.proof', params);
      return [{ field: kind, weight, text }];
    }
    case 'device':
      return [{ field: 'device', weight, text: say(language, 'evidence.device', {}) }];
    case 'evidence':
      return waterfall(language, reason.evidence, reason.worth);
  }
}
