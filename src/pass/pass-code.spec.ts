import { newId } from '../shared/ids.js';
import { Keys } from '../shared/keys.js';
import { linkId, linkToken, opens } from './link-token.js';
import { freshPassCode, passUrl } from './pass-code.js';
import { drawQr, qrLevel, qrVersion } from './qr.js';
import { readCode } from './read-code.rules.js';

const secret = (fill: number): string => Buffer.alloc(32, fill).toString('base64');

describe('a page pass', () => {
  it('is 26 characters that are read back', () => {
    const origin = 'https://foyer.example';
    const code = freshPassCode();
    expect(code).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
    expect(readCode(passUrl(origin, code), origin)).toEqual([{ kind: 'pass', code }]);
    expect(freshPassCode()).not.toBe(code);
  });

  it.each([
    ['http://127.0.0.1:3000', 'M'],
    ['https://fo.yer', 'Q'],
    ['https://shop.example-motors.de', 'M'],
    ['https://the-long-name-of-a-store.example.com', 'L'],
  ])('of %s fits a QR code of version 3 at level %s', (origin, level) => {
    const url = passUrl(origin, freshPassCode());
    expect(qrLevel(url)).toBe(level);
    expect(qrVersion(url)).toBe(3);
  });

  it('is drawn even where the address is too long for version 3', async () => {
    const url = passUrl(`https://${'long-'.repeat(9)}name.example.com`, freshPassCode());
    expect(qrVersion(url)).toBeGreaterThan(3);
    expect(await drawQr(url)).toMatch(/^<svg[^>]*viewBox/);
  });
});

describe('a link', () => {
  const old = `a:${secret(1)}`;
  const keys = Keys.fromText(old);
  const id = newId();

  it('is the same text every time and opens its own row only', () => {
    const token = linkToken(keys, id, 'a') ?? '';
    expect(token).toBe(linkToken(keys, id, 'a'));
    expect(token).toHaveLength(43);
    expect(linkId(token)).toBe(id);
    expect(opens(keys, token, id, 'a')).toBe(true);
    expect(opens(keys, token, newId(), 'a')).toBe(false);
    expect(opens(keys, `${token.slice(0, -2)}AA`, id, 'a')).toBe(false);
    expect(opens(keys, '', id, 'a')).toBe(false);
  });

  it('still opens after the keys were rotated, and not once its key is gone', () => {
    const token = linkToken(keys, id, 'a') ?? '';
    expect(opens(Keys.fromText(`b:${secret(2)},${old}`), token, id, 'a')).toBe(true);
    expect(opens(Keys.fromText(`b:${secret(2)}`), token, id, 'a')).toBe(false);
    expect(opens(Keys.fromText(`b:${secret(2)}`), '', id, 'a')).toBe(false);
  });
});
