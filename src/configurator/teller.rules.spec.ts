import { identifierKinds } from '../identity/identifier-kinds.js';
import { tell, type Teller, type Told } from './teller.rules.js';

const source = { id: 's-web', code: 'web', trusted: false, country: 'DE' };
const mayAssert = ['account', 'device', 'email', 'phone', 'loyalty', 'crm'];
const server: Teller = { source, asserts: true, mayAssert };
const browser: Teller = { source, asserts: false, mayAssert };
const occurredAt = new Date('2026-03-10T11:00:00Z');

const told = (teller: Teller, ...named: [string, string][]): Told =>
  tell(
    { identifiers: named.map(([kind, value]) => ({ kind, value })), sessionId: 's-1', occurredAt },
    teller,
    identifierKinds,
  );

describe('whose record a save is about', () => {
  it.each<[string, Teller, [string, string][], string, Told['level'], boolean]>([
    [
      'a signed-in user',
      server,
      [
        ['account', 'u1'],
        ['email', 'ada@home.example'],
      ],
      'user:u1',
      'asserted',
      true,
    ],
    [
      'a card',
      server,
      [
        ['email', 'ada@home.example'],
        ['loyalty', 'AB-1234'],
      ],
      'loyalty:ab-1234',
      'asserted',
      true,
    ],
    ['an address', server, [['email', 'Ada@Home.example']], 'email:ada@home.example', 'asserted', false],
    ['a browser', server, [['device', 'b-77']], 'anonymous:b-77', 'anonymous', false],
    ['nobody', server, [], 'session:s-1', 'anonymous', false],
    ['a claimed user', browser, [['account', 'u1']], 'session:s-1', 'claimed', false],
    [
      'a claimed user of a browser',
      browser,
      [
        ['account', 'u1'],
        ['device', 'b-77'],
      ],
      'anonymous:b-77',
      'claimed',
      false,
    ],
    [
      'a placeholder',
      server,
      [
        ['account', 'undefined'],
        ['email', 'test@test.com'],
      ],
      'session:s-1',
      'anonymous',
      false,
    ],
  ])('%s', (_who, teller, named, sourceKey, level, signedIn) => {
    expect(told(teller, ...named)).toMatchObject({
      ...{ observation: { sourceKey }, level, signedIn, ofSession: sourceKey.startsWith('session:') },
    });
  });

  it('asserts of a person only what the source may, and of a browser itself', () => {
    const { observation } = told(
      { ...server, mayAssert: ['device', 'email'] },
      ['loyalty', '70010'],
      ['email', 'a@home.example'],
    );
    expect(observation.identifiers.map(({ kind, asserted }) => [kind, asserted])).toEqual([
      ['loyalty', false],
      ['email', true],
    ]);
    const claims = told(browser, ['device', 'b-77'], ['loyalty', '70010']).observation;
    expect(claims.identifiers.map(({ asserted }) => asserted)).toEqual([true, false]);
    expect(claims.source.trusted).toBe(false);
  });
});
