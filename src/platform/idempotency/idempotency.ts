import { createHash, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { canonical } from '../../shared/canonical.js';
import { Clock } from '../../shared/clock.js';
import type { Tx } from '../database/transactions.js';

/** What makes a request the same request: the operation, who asks (source or store), and the key they chose. */
export interface IdempotentRequest {
  readonly operation: string;
  readonly scope: string;
  readonly key: string;
  readonly input: unknown;
}

/** The answer to "have I seen this key?": go on, answer as before, or refuse. */
export type Claim =
  | { readonly state: 'fresh'; readonly request: IdempotentRequest }
  | { readonly state: 'replay'; readonly resultType: string; readonly result: Record<string, unknown> }
  | { readonly state: 'reused' };

interface Row {
  input_hash: Buffer;
  result_type: string;
  result: Record<string, unknown>;
}

/**
 * Keys without expiry: the claim, the effect and the result are one transaction.
 * A second request with a key that is being worked on waits for the first to commit.
 */
@Injectable()
export class Idempotency {
  constructor(private readonly clock: Clock) {}

  /** Takes the key, or says what became of it. */
  async claim(tx: Tx, request: IdempotentRequest): Promise<Claim> {
    const hash = createHash('sha256').update(canonical(request.input)).digest();
    const taken = await tx.prepared(
      'idempotency-claim',
      `INSERT INTO idempotency_key (operation, scope, key, input_hash, result_type, result, created_at)
       VALUES ($1, $2, $3, $4, '', '{}', $5) ON CONFLICT DO NOTHING RETURNING 1`,
      [request.operation, request.scope, request.key, hash, this.clock.now()],
    );
    if (taken.length > 0) return { state: 'fresh', request };
    const [row] = await tx.query<Row>(
      'SELECT input_hash, result_type, result FROM idempotency_key WHERE operation = $1 AND scope = $2 AND key = $3',
      [request.operation, request.scope, request.key],
    );
    if (!row || !timingSafeEqual(row.input_hash, hash)) return { state: 'reused' };
    return { state: 'replay', resultType: row.result_type, result: row.result };
  }

  /** Keeps the type and the ids of the result for those who repeat the key. */
  async remember(tx: Tx, claim: Claim, resultType: string, result: Record<string, unknown>): Promise<void> {
    if (claim.state !== 'fresh') return;
    const { operation, scope, key } = claim.request;
    tx.send(
      'idempotency-remember',
      'UPDATE idempotency_key SET result_type = $4, result = $5 WHERE operation = $1 AND scope = $2 AND key = $3',
      [operation, scope, key, resultType, JSON.stringify(result)],
    );
  }

  /** Gives the key back, where the answer may be another next time: the same request is then judged anew. */
  async release(tx: Tx, claim: Claim): Promise<void> {
    if (claim.state !== 'fresh') return;
    const { operation, scope, key } = claim.request;
    await tx.query('DELETE FROM idempotency_key WHERE operation = $1 AND scope = $2 AND key = $3', [
      operation,
      scope,
      key,
    ]);
  }
}
