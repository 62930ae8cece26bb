/** Where a visit stands. */
export const VisitState = {
  EXPECTED: 'EXPECTED',
  WAITING: 'WAITING',
  SERVING: 'SERVING',
  AWAY: 'AWAY',
  COMPLETED: 'COMPLETED',
  NO_SHOW: 'NO_SHOW',
  CANCELLED: 'CANCELLED',
} as const;
/** One state of a visit. */
export type VisitState = keyof typeof VisitState;

/** What she came for. */
export const VisitPurpose = {
  BROWSE: 'BROWSE',
  BUY: 'BUY',
  TEST_DRIVE: 'TEST_DRIVE',
  COLLECT: 'COLLECT',
  SERVICE: 'SERVICE',
  COMPLAINT: 'COMPLAINT',
} as const;
/** One purpose of a visit. */
export type VisitPurpose = keyof typeof VisitPurpose;

/** How far it is settled who she is. */
export const RecognitionStatus = {
  ANONYMOUS: 'ANONYMOUS',
  CLAIMED: 'CLAIMED',
  CONFIRMED: 'CONFIRMED',
  DISPUTED: 'DISPUTED',
} as const;
/** One status of a recognition. */
export type RecognitionStatus = keyof typeof RecognitionStatus;

/** How firmly she has shown who she is, the weakest first. */
export const RecognitionStrength = {
  NONE: 'NONE',
  STATED: 'STATED',
  PRESENTED: 'PRESENTED',
  VERIFIED: 'VERIFIED',
} as const;
/** One strength of a recognition. */
export type RecognitionStrength = keyof typeof RecognitionStrength;

/** What became of a visit. */
export const VisitOutcome = {
  SOLD: 'SOLD',
  QUOTED: 'QUOTED',
  APPOINTMENT: 'APPOINTMENT',
  INFORMED: 'INFORMED',
  LEFT: 'LEFT',
  NOT_CLOSED: 'NOT_CLOSED',
} as const;
/** One outcome of a visit. */
export type VisitOutcome = keyof typeof VisitOutcome;

/** What a store's feed tells of a visit. */
export const ArrivalKind = { ARRIVED: 'ARRIVED', CHANGED: 'CHANGED', ENDED: 'ENDED' } as const;
/** One kind of news. */
export type ArrivalKind = keyof typeof ArrivalKind;

/** States of somebody who is in the store, or out for a moment. */
export const presentStates: readonly VisitState[] = ['WAITING', 'SERVING', 'AWAY'];

/** States of a visit that has not come to its end. */
export const openStates: readonly VisitState[] = ['EXPECTED', ...presentStates];
