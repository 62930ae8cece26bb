/** A place in a store's feed: everything up to `seq` has been seen. */
export interface FeedPlace {
  readonly storeId: string;
  readonly seq: bigint;
}

/** The opaque text of a place in a store's feed; it means nothing in another store. */
export function encodeCursor(place: FeedPlace): string {
  return Buffer.from(`c1.${place.storeId}.${place.seq}`).toString('base64url');
}

/** The place a cursor of this store names; undefined when it is no cursor, or one of another store. */
export function decodeCursor(cursor: string, storeId: string): FeedPlace | undefined {
  if (cursor.length > 120) return undefined;
  const [, store, seq] = /^c1\.([0-9a-f-]{36})\.(\d{1,18})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (store !== storeId || seq === undefined) return undefined;
  return { storeId, seq: BigInt(seq) };
}
