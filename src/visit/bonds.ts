import { Injectable } from '@nestjs/common';
import type { Actor } from '../access/actor.js';
import { IdentityService } from '../identity/identity.service.js';
import type { Observed, ObservedIdentifier, Traits } from '../identity/record/observation.js';
import type { Tx } from '../platform/database/transactions.js';
import type { Visit } from './visit.entity.js';
import type { RecognitionStatus } from './visit.words.js';
import type { VisitStore } from './visit-store.query.js';
import { isUuid } from './visit.query.js';

/** What a visitor says of herself. */
export interface Said {
  readonly identifiers: readonly { readonly kind: string; readonly value: string }[];
  readonly traits: Traits;
}

/** Who says so: the tablet or the member of staff; for a verified pass, the pass. */
export interface Sayer {
  readonly kind: string;
  readonly id?: string;
}

/** Somebody who is confirmed the moment she comes, by what she shows. */
export interface Verified {
  readonly recordId: string;
  readonly by: Sayer;
}

/** A caller as the one who judges. */
export function sayerOf(actor: Pick<Actor, 'kind' | 'id'>): Sayer {
  return { kind: actor.kind, id: actor.id };
}

/** Ties a visit's own record to people, and unties it: judgements that can be explained and undone, nothing is copied. */
@Injectable()
export class Bonds {
  constructor(private readonly identity: IdentityService) {}

  /** Keeps what a visitor says of herself on her visit's own record, as claims; verified, it is joined at once. Says whose it is now. */
  async own(
    tx: Tx,
    source: VisitStore['source'],
    visitId: string,
    said: Said,
    at: Date,
    same?: Verified,
  ): Promise<Observed> {
    const identifiers = said.identifiers.map(({ kind, value }) => ({ kind, value, asserted: false }));
    const [own] = await this.identity.observe(
      tx,
      [{ source, sourceKey: visitId, identifiers, traits: said.traits, asserted: false, occurredAt: at }],
      same && { b: same.recordId, by: same.by, visitId, why: 'showed a verified pass' },
    );
    if (!own) throw new Error(`Visit ${visitId} got no record of its own.`);
    return own;
  }

  /** The visitor is the person of that record. */
  async join(tx: Tx, visit: Pick<Visit, 'id' | 'recordId'>, recordId: string, by: Sayer, why: string): Promise<void> {
    if (visit.recordId === recordId) return;
    await this.identity.judge(tx, { a: visit.recordId, b: recordId, verdict: 'same', by, visitId: visit.id, why });
  }

  /** The visitor is not the person of that record: what she has of hers is taken back, and a judgement keeps them apart. */
  async part(tx: Tx, visit: Pick<Visit, 'id' | 'recordId'>, recordId: string, by: Sayer): Promise<void> {
    if (visit.recordId === recordId) return;
    const borrowed = await tx.query<{ kind: string; key: string }>(
      `SELECT i.kind, i.key FROM identifier i WHERE i.record_id = $1 AND EXISTS (
         SELECT 1 FROM membership hers
         JOIN membership m USING (customer_id)
         JOIN identifier x ON x.record_id = m.record_id
         WHERE hers.record_id = $2 AND m.record_id <> $1 AND x.kind = i.kind AND x.key = i.key)`,
      [visit.recordId, recordId],
    );
    const why = 'disputed at the visit';
    await this.identity.judge(tx, { a: visit.recordId, b: recordId, verdict: 'different', by, visitId: visit.id, why });
    await this.identity.withdraw(tx, visit.recordId, borrowed);
  }

  /**
   * A greeting by name makes claims effective: what she said of herself, and what the recognised record claims, is
   * asserted by the visit's own record from now on; but never what somebody else owns, whose name nobody has seen.
   */
  async vouch(
    tx: Tx,
    visit: Pick<Visit, 'id' | 'recordId'>,
    source: VisitStore['source'],
    recordId: string,
    at: Date,
  ): Promise<void> {
    const claims = await tx.query<{ kind: string; key: string; value: string; scope: string }>(
      `SELECT DISTINCT i.kind, i.key, i.value, r.source_id AS scope
       FROM identifier i JOIN record r ON r.id = i.record_id
       WHERE i.record_id IN ($1, $2) AND NOT i.asserted AND i.kind <> 'device' AND NOT EXISTS (
         SELECT FROM identifier x JOIN membership m ON m.record_id = x.record_id
         WHERE x.kind = i.kind AND x.key = i.key AND x.asserted
           AND m.customer_id <> (SELECT customer_id FROM membership WHERE record_id = $1))`,
      [visit.recordId, recordId],
    );
    if (claims.length === 0) return;
    const identifiers = claims.map(({ kind, value, scope }): ObservedIdentifier => ({
      kind,
      value,
      scope,
      asserted: true,
    }));
    await this.identity.observe(tx, [
      { source, sourceKey: visit.id, identifiers, traits: {}, asserted: false, occurredAt: at },
    ]);
  }

  /** The record of the configuration she brought, where it claims what this person owns: greeted by name, it is hers. */
  async claimant(tx: Tx, configurationId: string, recordId: string): Promise<string | undefined> {
    const [row] = await tx.query<{ recordId: string }>(
      `SELECT k.record_id AS "recordId" FROM configuration k
       JOIN identifier c ON c.record_id = k.record_id AND NOT c.asserted AND c.kind <> 'device'
       WHERE k.id = $1 AND EXISTS (
         SELECT FROM membership hers
         JOIN membership m USING (customer_id)
         JOIN identifier x ON x.record_id = m.record_id
         WHERE hers.record_id = $2 AND x.asserted AND x.kind = c.kind AND x.key = c.key)
       LIMIT 1`,
      [configurationId, recordId],
    );
    return row?.recordId;
  }

  /** Whether a record is of this customer, by whichever id she was known. */
  async isOf(tx: Tx, recordId: string | null, customerId: string): Promise<boolean> {
    if (recordId === null || !isUuid(customerId)) return false;
    const [present, meant] = [await this.customerOf(tx, recordId), await this.identity.presentId(tx, customerId)];
    return present === meant;
  }

  /** The customer of a record, to name her in the audit trail and in events. */
  customerOf(tx: Tx, recordId: string): Promise<string | undefined> {
    return this.identity.customerOf(tx, recordId);
  }

  /** Locks the person of a record until the transaction ends, and says who she is; confirmed at once, she will be joined. */
  lock(tx: Tx, recordId: string, status: RecognitionStatus): Promise<string | undefined> {
    return this.identity.lockPerson(tx, recordId, { toJudge: status === 'CONFIRMED' });
  }
}
