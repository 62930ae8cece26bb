import fc from 'fast-check';
import { withCheck } from '../shared/crockford.js';
import { readCode, readConfigurationCode } from './read-code.rules.js';

const origin = 'https://foyer.example:8443';
const pass = '3H0N5TKZ9QW2XE8R7VYB6MCD1F';
const link = 'AZOabcDEF_-0123456789abcdefghijklmnopqrstuvw'.slice(0, 43);
const code = withCheck('K7PM2Q9X');

describe('reading what was scanned or typed', () => {
  it.each([
    `HTTPS://FOYER.EXAMPLE:8443/P/${pass}`,
    `http://foyer.example:8443/p/${pass.toLowerCase()}`,
    `foyer.example:8443/P/${pass}/`,
    `/P/${pass}?from=mail`,
    pass,
    ` ${pass.toLowerCase()}\r\n`,
    pass.replace('0', 'O').replace('1', 'l'),
  ])('finds the pass in %p', (text) => expect(readCode(text, origin)[0]).toEqual({ kind: 'pass', code: pass }));

  it.each([`https://foyer.example:8443/c/${link}`, `FOYER.example:8443/c/${link}#top`, link])(
    'finds the link in %p',
    (text) => expect(readCode(text, origin)[0]).toEqual({ kind: 'link', token: link }),
  );

  it.each([code, code.toLowerCase(), `${code.slice(0, 4)}-${code.slice(4)}`, ` ${[...code].join(' ')} `])(
    'finds the configuration code in %p',
    (text) => expect(readCode(text, origin)[0]).toEqual({ kind: 'configuration', code }),
  );

  it('takes a mistyped configuration code for a card at most', () => {
    const mistyped = `${code.slice(0, 3)}${code.charAt(3) === 'Z' ? 'Y' : 'Z'}${code.slice(4)}`;
    expect(readConfigurationCode(mistyped)).toBeUndefined();
    expect(readCode(mistyped, origin)).toEqual([{ kind: 'loyalty', number: mistyped }]);
  });

  it.each(['6001 2345 678', 'L-100234', '60012345'])('finds a loyalty number in %p', (text) => {
    expect(readCode(text, origin)).toContainEqual({ kind: 'loyalty', number: text });
  });

  it.each([
    '',
    '   ',
    'hello world',
    '12',
    `https://elsewhere.example/P/${pass}`,
    `https://foyer.example:8443.evil.example/P/${pass}`,
    `https://foyer.example/P/${pass}`,
    `https://foyer.example:8443/x/${pass}`,
    `https://foyer.example:8443/c/${link}A`,
    'https://example.com/tomato-soup?ean=4006381333931',
    `javascript:alert(1)/P/${pass}`,
    'A'.repeat(5000),
  ])('finds nothing of ours in %p', (text) => expect(readCode(text, origin)).toEqual([]));

  it('never throws, whatever is held before the camera', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => readCode(text, origin).length <= 4));
  });
});
