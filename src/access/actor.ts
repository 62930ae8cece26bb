import type { Role } from './role.js';

/** What kind of caller asks: a source's key, a tablet, a member of staff, or anybody. */
export type ActorKind = 'SOURCE' | 'TABLET' | 'STAFF' | 'PUBLIC';

/** A source as other rooms need it: whose system speaks, from where, and how far it is believed. */
export interface SourceView {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly department: string;
  /** ISO 3166 alpha-2. */
  readonly country: string;
  /** The retailer declares that this source may identify people. */
  readonly trusted: boolean;
  readonly storeId: string | null;
}

/** Who asks, read afresh from the database for every request. */
export interface Actor {
  readonly kind: ActorKind;
  /** The tablet, the member of staff or the source; the nil UUID for the public. */
  readonly id: string;
  /** The access token or source key that was shown; null for the public. */
  readonly tokenId: string | null;
  readonly roles: readonly Role[];
  readonly storeIds: readonly string[];
  readonly staffId?: string;
  readonly tabletId?: string;
  readonly source?: SourceView;
  /** What this caller says of somebody is an assertion; otherwise it is a claim (law 7). */
  readonly asserts: boolean;
  /** The network address the request came from. */
  readonly address: string;
  /** Primary language subtag, `en` unless somebody said otherwise. */
  readonly language: string;
  /** When the token ends; null if it never does. */
  readonly expiresAt: Date | null;
}

const nobody = '00000000-0000-0000-0000-000000000000';

/** Somebody without a token. */
export function publicActor(address: string, language: string): Actor {
  return {
    kind: 'PUBLIC',
    id: nobody,
    tokenId: null,
    roles: [],
    storeIds: [],
    asserts: false,
    address,
    language,
    expiresAt: null,
  };
}

/** Whether the caller works in this store. */
export function mayReadStore(actor: Actor, storeId: string): boolean {
  return actor.storeIds.includes(storeId);
}
