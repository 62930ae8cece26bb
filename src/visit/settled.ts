import { CodeUnknown, PassAlreadyUsed, PassExpired } from '../pass/pass-refusals.js';
import type { Tx } from '../platform/database/transactions.js';
import type { Claim, Idempotency } from '../platform/idempotency/idempotency.js';

/** A step that was done: the visit, and whether she was already here. */
export interface Done {
  readonly visitId: string;
  readonly repeated: boolean;
}

/** What a code was refused for; a repeated key hears the same again, without another miss. */
export type Remembered = CodeUnknown | PassExpired | PassAlreadyUsed;

/** Whether an outcome stays the same however often the key is repeated; others are judged anew. */
export function isSettled(outcome: object): outcome is Done | Remembered {
  return 'visitId' in outcome || [CodeUnknown, PassExpired, PassAlreadyUsed].some((kind) => outcome instanceof kind);
}

/** Keeps what became of a key, or gives the key back when the outcome may be another next time. */
export async function settle(tx: Tx, idempotency: Idempotency, claim: Claim, outcome: object): Promise<void> {
  if (!isSettled(outcome)) return idempotency.release(tx, claim);
  if (outcome instanceof PassExpired) {
    return idempotency.remember(tx, claim, 'PassExpired', { expiredAt: outcome.expiredAt });
  }
  if (outcome instanceof PassAlreadyUsed) {
    return idempotency.remember(tx, claim, 'PassAlreadyUsed', { usedAt: outcome.usedAt });
  }
  if (outcome instanceof CodeUnknown) return idempotency.remember(tx, claim, 'CodeUnknown', {});
  return idempotency.remember(tx, claim, 'Visit', { visitId: outcome.visitId, repeated: outcome.repeated });
}

/** What became of a key when it was used before. */
export function recalled({ resultType, result }: Extract<Claim, { state: 'replay' }>): Done | Remembered {
  switch (resultType) {
    case 'PassExpired':
      return new PassExpired(new Date(result['expiredAt'] as string));
    case 'PassAlreadyUsed':
      return new PassAlreadyUsed(new Date(result['usedAt'] as string));
    case 'CodeUnknown':
      return new CodeUnknown();
    default:
      return { visitId: result['visitId'] as string, repeated: result['repeated'] as boolean };
  }
}
