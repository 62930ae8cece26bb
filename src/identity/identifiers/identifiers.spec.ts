import { identifierKinds } from '../identifier-kinds.js';
import { isUnusable, type NormaliseContext } from '../identifier.js';

function key(kind: string, raw: string, context: NormaliseContext = {}): string | null {
  const outcome = identifierKinds.get(kind)?.normalise(raw, context);
  return !outcome || isUnusable(outcome) ? null : outcome.key;
}

describe('identifier kinds', () => {
  it('are found by their files', () => {
    expect([...identifierKinds.keys()]).toEqual(['account', 'crm', 'device', 'email', 'loyalty', 'phone']);
  });

  it.each([
    ['+49 (0)160 50910040', 'DE', '+4916050910040'],
    ['0049 160 50910040', 'US', '+4916050910040'],
    ['0160/50910040', 'DE', '+4916050910040'],
    ['(870) 568-5083', 'US', '+18705685083'],
    ['18705685083', 'US', '+18705685083'],
    ['6956 688239', 'GR', '+306956688239'],
    ['+1 202 555 0143', undefined, '+12025550143'],
    ['0160/50910040', undefined, null],
    ['999-999-9999', 'US', null],
    ['+49 000 000000', 'DE', null],
    ['1234567890', 'US', null],
    ['N/A', 'US', null],
    ['12', 'US', null],
  ])('phone %s of %s is %s', (raw, country, expected) => {
    expect(key('phone', raw, { country })).toBe(expected);
  });

  it.each([
    [' Ada.Lovelace@Example.COM ', 'ada.lovelace@example.com'],
    ['mailto:ada@shop.example', 'ada@shop.example'],
    ['ada@müller.example', 'ada@xn--mller-kva.example'],
    ['ada+shop@gmail.com', 'ada+shop@gmail.com'],
    ['info@autohaus.example', null],
    ['no-reply@shop.example', null],
    ['noemail@showroom.example', null],
    ['ada@sub.mailinator.com', null],
    ['test@test.com', null],
    ['-', null],
    ['ada', null],
    ['ada@', null],
  ])('mail address %s is %s', (raw, expected) => {
    expect(key('email', raw)).toBe(expected);
  });

  it('knows forms that are near, though no proof', () => {
    expect(identifierKinds.get('email')?.normalise('a.da+shop@googlemail.com', {})).toEqual({
      key: 'a.da+shop@googlemail.com',
      near: ['ada@gmail.com'],
    });
    expect(identifierKinds.get('phone')?.normalise('+4916050910040', {})).toEqual({
      key: '+4916050910040',
      near: ['050910040'],
    });
  });

  it.each([
    ['loyalty', 'l-58 404 431', {}, 'L58404431'],
    ['loyalty', '000000', {}, null],
    ['account', '"4711"', { scope: 'shop' }, 'shop:4711'],
    ['account', 'null', { scope: 'shop' }, null],
    ['crm', 'C-17', { scope: 'service' }, 'service:c-17'],
    ['device', 'b7f0a2', { scope: 'shop' }, 'shop:b7f0a2'],
    ['device', '00000000-0000-0000-0000-000000000000', { scope: 'shop' }, null],
  ])('%s %s within %j is %s', (kind, raw, context, expected) => {
    expect(key(kind, raw, context)).toBe(expected);
  });

  it('mask all but a hint', () => {
    expect(identifierKinds.get('email')?.mask('ada@example.com')).toBe('a…@e….com');
    expect(identifierKinds.get('phone')?.mask('+4916050910040')).toBe('… 00 40');
    expect(identifierKinds.get('loyalty')?.mask('L58404431')).toBe('…431');
  });
});
