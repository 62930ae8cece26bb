import { createHmac } from 'node:crypto';
import { Keys } from '../shared/keys.js';
import { UserSignatures } from './user-signatures.js';

const before = Keys.fresh();
const keys = Keys.fromText(before);
const source = '0190b2c4-0000-7000-8000-000000000001';
const signed = (secret: string, userId: string) => createHmac('sha256', secret).update(userId).digest('hex');

it('vouches for what the holder of the printed secret has signed', () => {
  const signatures = new UserSignatures(keys);
  const signature = signed(signatures.secretOf(source), 'ada');
  expect(signatures.vouches(source, 'ada', signature)).toBe(true);
  expect(signatures.vouches(source, 'bea', signature)).toBe(false);
  expect(signatures.vouches('0190b2c4-0000-7000-8000-000000000002', 'ada', signature)).toBe(false);
  expect(signatures.vouches(source, 'ada', '')).toBe(false);
  expect(signatures.vouches(source, 'ada', 'zz')).toBe(false);
});

it('goes on vouching after the keys were rotated', () => {
  const signature = signed(new UserSignatures(keys).secretOf(source), 'ada');
  const rotated = new UserSignatures(Keys.fromText(`${Keys.fresh()},${before}`));
  expect(rotated.vouches(source, 'ada', signature)).toBe(true);
});
