import { decodeCursor, encodeCursor } from './feed.cursor.js';

const north = '0190a0a0-0000-7000-8000-000000000001';
const south = '0190a0a0-0000-7000-8000-000000000002';

describe('the cursor of a store’s feed', () => {
  it('names the same place when it comes back', () => {
    const place = { storeId: north, seq: 9_007_199_254_740_993n };
    expect(decodeCursor(encodeCursor(place), north)).toEqual(place);
  });

  it('means nothing in another store', () => {
    expect(decodeCursor(encodeCursor({ storeId: north, seq: 1n }), south)).toBeUndefined();
  });

  it.each(['', 'c1', 'abc', Buffer.from(`c1.${north}.-1`).toString('base64url'), 'x'.repeat(500)])(
    'refuses %p',
    (text) => {
      expect(decodeCursor(text, north)).toBeUndefined();
    },
  );
});
