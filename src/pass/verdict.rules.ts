/** How far what was shown speaks for who she is; NONE opens something but names nobody. */
export type ShownStrength = 'VERIFIED' | 'PRESENTED' | 'NONE';

/** What was shown: a page pass, her own link, the code of a wallet pass, a configuration's code, a loyalty card. */
export type ShownKind = 'PASS' | 'LINK' | 'WALLET' | 'CODE' | 'CARD';

/** Something good was shown; `redeem` it once the visit exists. */
export interface Known {
  readonly state: 'known';
  readonly shown: ShownKind;
  /** The pass or link; null for codes and cards. */
  readonly passId: string | null;
  /** The step of a wallet pass's rotating code; each is taken once. */
  readonly step?: number;
  /** The record it belongs to: hers, except for a code, where it is the configuration's and says nothing of who holds it. */
  readonly recordId: string;
  readonly configurationId: string | null;
  readonly strength: ShownStrength;
}

/** A card number that more than one customer bears: a question, not an answer. */
export interface Several {
  readonly state: 'several';
  readonly shown: 'CARD';
  readonly people: readonly { readonly recordId: string; readonly customerId: string }[];
}

/** A pass that has opened a visit before. */
export interface Used {
  readonly state: 'used';
  readonly passId: string;
  readonly recordId: string;
  readonly configurationId: string | null;
  readonly usedAt: Date;
  /** The visit it opened, and where. */
  readonly visitId: string;
  readonly storeId: string;
}

/** A pass or link that was good until an instant. */
export interface Expired {
  readonly state: 'expired';
  readonly passId: string;
  readonly expiredAt: Date;
}

/** Nothing of ours, or nothing that works any more. */
export interface Unknown {
  readonly state: 'unknown';
}

/** What a scanned or typed text turned out to be. */
export type Verdict = Known | Several | Used | Expired | Unknown;

/** A pass or link as the database holds it. */
export interface PassRow {
  readonly id: string;
  readonly kind: 'PASS' | 'LINK';
  readonly record_id: string;
  readonly configuration_id: string | null;
  readonly hash: Buffer | null;
  readonly key_id: string | null;
  readonly strength: 'VERIFIED' | 'PRESENTED';
  readonly expires_at: Date;
  readonly used_at: Date | null;
  readonly used_visit_id: string | null;
  readonly used_store_id: string | null;
  readonly revoked_at: Date | null;
}

/** Judges a pass or link whose secret was shown: revoked is as if it had never been, used comes before expired. */
export function judgeRow(row: PassRow, now: Date): Known | Used | Expired | Unknown {
  if (row.revoked_at) return { state: 'unknown' };
  if (row.used_at && row.used_visit_id && row.used_store_id) {
    return {
      state: 'used',
      passId: row.id,
      recordId: row.record_id,
      configurationId: row.configuration_id,
      usedAt: row.used_at,
      visitId: row.used_visit_id,
      storeId: row.used_store_id,
    };
  }
  if (row.expires_at <= now) return { state: 'expired', passId: row.id, expiredAt: row.expires_at };
  return {
    state: 'known',
    shown: row.kind,
    passId: row.id,
    recordId: row.record_id,
    configurationId: row.configuration_id,
    strength: row.strength,
  };
}
