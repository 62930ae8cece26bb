import { after, seconds } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import { Keys } from '../shared/keys.js';
import { readCode } from './read-code.rules.js';
import {
  endOfStep,
  idOfWalletPass,
  readWalletCode,
  standingOf,
  startOfStep,
  stepOf,
  walletName,
  writeWalletCode,
} from './wallet-code.rules.js';
import { provesStep, walletDigits, walletSecret } from './wallet-secret.js';

const id = '0199d3f0-7c21-7a44-9b1e-5d2c3e4f5a6b';
const origin = 'https://foyer.example';
const now = new Date('2026-03-10T11:00:10Z');
const step = stepOf(now.getTime() / 1000);

describe('a rotating code', () => {
  const text = writeWalletCode(id, 1_773_140_410, '00420042');

  it('is read back, in any case, with or without the dashes of its id', () => {
    const code = { id, seconds: 1_773_140_410, digits: '00420042' };
    expect(text).toMatch(/^FYR1-[0-9A-F]{32}-\d{10}-\d{8}$/);
    for (const shown of [text, text.toLowerCase(), text.replace(walletName(id), id)]) {
      expect(readCode(` ${shown}\n`, origin)).toEqual([{ kind: 'wallet', code }]);
    }
  });

  it.each([
    text.slice(0, -1),
    `${text}1`,
    text.replace('FYR1', 'FYR2'),
    text.replace('-1773140410-', '-'),
    text.replace('0199D3F0', '0199D3G0'),
  ])('is not %s', (shown) => {
    expect(readWalletCode(shown)).toBeUndefined();
    expect(readCode(shown, origin).map(({ kind }) => kind)).not.toContain('wallet');
  });

  it('names its pass by the id alone', () => {
    expect(idOfWalletPass(walletName(id))).toBe(id);
    expect(idOfWalletPass(id)).toBe(id);
    expect(idOfWalletPass('800100')).toBeUndefined();
  });
});

describe('a step', () => {
  it.each([
    [-2, 'past'],
    [-1, 'now'],
    [0, 'now'],
    [1, 'now'],
    [2, 'ahead'],
  ])('%d from the present one is %s', (aside, standing) => expect(standingOf(step + aside, now)).toBe(standing));

  it('ends when the one after it has ended, and never after now', () => {
    expect(endOfStep(step - 2, now)).toEqual(startOfStep(step));
    expect(endOfStep(step + 9, now)).toEqual(now);
    expect(standingOf(step, after(startOfStep(step + 2), -1))).toBe('now');
    expect(standingOf(step, after(startOfStep(step), seconds(60)))).toBe('past');
  });
});

describe('the secret of a wallet pass', () => {
  const ring = (fill: number): string => `k${fill}:${Buffer.alloc(32, fill).toString('base64')}`;
  const keys = Keys.fromText(`${ring(2)},${ring(1)}`);

  it('is its own, the same every time, and gone with its key', () => {
    const secret = walletSecret(keys, id, 'k1');
    expect(secret).toHaveLength(20);
    expect(walletSecret(Keys.fromText(ring(1)), id, 'k1')).toEqual(secret);
    expect(walletSecret(keys, newId(), 'k1')).not.toEqual(secret);
    expect(walletSecret(keys, id, 'k2')).not.toEqual(secret);
    expect(walletSecret(Keys.fromText(ring(2)), id, 'k1')).toBeUndefined();
  });

  it('makes the digits of RFC 6238, appendix B', () => {
    const secret = Buffer.from('12345678901234567890');
    const given = [59, 1_111_111_109, 1_111_111_111, 1_234_567_890, 2_000_000_000, 20_000_000_000];
    expect(given.map((at) => walletDigits(secret, stepOf(at)))).toEqual([
      ...['94287082', '07081804', '14050471', '89005924', '69279037', '65353130'],
    ]);
  });

  it('proves one step, and no other', () => {
    const secret = walletSecret(keys, id, 'k1') ?? Buffer.alloc(0);
    const digits = walletDigits(secret, step);
    expect(provesStep(secret, step, digits)).toBe(true);
    expect(provesStep(secret, step + 1, digits)).toBe(false);
    expect(provesStep(secret, step, digits.slice(1))).toBe(false);
  });
});
