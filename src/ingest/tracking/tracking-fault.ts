/**
 * Why a tracking call is turned away. Of the status codes only these are used, because SDKs act on them:
 * 400, 401, 403, 404 and 413 are final, 429 and 503 are tried again. A 3xx would count as delivered.
 */
export type TrackingStatus = 400 | 401 | 403 | 404 | 413 | 429 | 503;

/** A tracking call that is turned away, with what its sender should do about it. */
export class TrackingFault extends Error {
  override readonly name = 'TrackingFault';

  constructor(
    readonly statusCode: TrackingStatus,
    message: string,
  ) {
    super(message);
  }
}
