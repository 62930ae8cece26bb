import { kindOf } from './kinds.js';
import { observationOf } from './observation.rules.js';
import { rowId } from './person-id.rules.js';
import type { ReceivedMessage, TrackingEvent } from './tracking-event.js';

const source = {
  id: 's',
  code: 'web',
  name: 'Web',
  kind: 'web-shop',
  department: 'online',
  country: 'DE',
  trusted: false,
  storeId: null,
};

function message(body: TrackingEvent, asserted: boolean, of: string = source.kind): ReceivedMessage {
  const at = new Date('2026-03-10T11:00:00Z');
  return {
    id: 'm',
    receivedAt: at,
    occurredAt: at,
    source: { ...source, kind: of },
    asserted,
    kind: kindOf(String(body.type), String(body.event)),
    body,
  };
}

const said = (body: TrackingEvent, asserted: boolean, of?: string): { key: string; known: string[] } => {
  const { sourceKey, identifiers } = observationOf(message(body, asserted, of));
  return {
    key: sourceKey,
    known: identifiers.map(({ kind, value, asserted: proven }) => `${kind} ${value}${proven ? '' : '?'}`),
  };
};

describe('what a message says of somebody', () => {
  const identify = {
    type: 'identify',
    userId: 7,
    anonymousId: 'a1',
    traits: { email: 'ada@example.org', loyalty_id: 'L9' },
  };

  it('is, from a server, about the user it names, on the device it names', () => {
    expect(said(identify, true)).toEqual({
      key: 'user:7',
      known: ['account 7', 'device a1', 'email ada@example.org', 'loyalty L9'],
    });
  });

  it('is, from a page, about the browser only: the user it names is a claim', () => {
    expect(said(identify, false)).toEqual({
      key: 'anonymous:a1',
      known: ['account 7?', 'device a1', 'email ada@example.org?', 'loyalty L9?'],
    });
    expect(said({ type: 'page', userId: '7' }, false)).toEqual({ key: 'claimed:7', known: ['account 7?'] });
    expect(said({ type: 'page', anonymousId: '7' }, false).key).not.toBe(said({ type: 'page', userId: '7' }, true).key);
  });

  it('is, from a page with a signature, about the user, but her traits stay claims', () => {
    const signed = { ...identify, context: { userHash: 'x' } };
    expect(said(signed, true)).toEqual({
      key: 'user:7',
      known: ['account 7', 'device a1', 'email ada@example.org?', 'loyalty L9?'],
    });
    expect(observationOf(message(signed, true)).source.trusted).toBe(false);
  });

  it('reads Rudder’s traits in the context and twice-encoded ids', () => {
    expect(
      said({ type: 'track', event: 'x', userId: '"42"', context: { traits: { phone: '030 123' } } }, true),
    ).toEqual({
      key: 'user:42',
      known: ['account 42', 'phone 030 123'],
    });
  });

  it('takes an alias for two names of one, unless it names itself', () => {
    expect(said({ type: 'alias', userId: 'new', previousId: 'old' }, true).known).toEqual([
      'account new',
      'device old',
      'account old',
    ]);
    expect(said({ type: 'alias', userId: 'new', previousId: 'new' }, true).known).toEqual(['account new']);
  });

  it('is, from a department, about a number of its file, which may keep her several times', () => {
    for (const kind of ['crm', 'service', 'finance', 'point-of-sale', 'contact-centre', 'marketing', 'other'])
      expect(said({ type: 'identify', userId: '17' }, true, kind)).toEqual({ key: 'user:17', known: ['crm 17'] });
    expect(said({ type: 'alias', userId: '17', previousId: '16' }, true, 'service').known).toContain('crm 16');
    const numbered = { type: 'identify', userId: '17', traits: { customerNumber: 'C-40' } };
    expect(said(numbered, true, 'crm')).toEqual({ key: 'user:17', known: ['crm C-40'] });
    expect(said(numbered, true)).toEqual({ key: 'user:17', known: ['account 17', 'crm C-40'] });
  });

  it('does not take the id that an import made of a row for a number of hers', () => {
    const userId = rowId('0123456789abcdefghijklmnopqrstuvwxyz');
    const row = { type: 'track', event: 'Order Completed', userId, context: { traits: { email: 'ada@example.org' } } };
    for (const kind of ['point-of-sale', 'web-shop'])
      expect(said(row, true, kind)).toEqual({ key: `user:${userId}`, known: ['email ada@example.org'] });
  });

  it('does not take a group’s traits for hers', () => {
    expect(observationOf(message({ type: 'group', userId: 'u', traits: { name: 'Club' } }, true)).traits).toEqual({});
  });

  it('puts traits under one name', () => {
    const traits = {
      first_name: 'Ada',
      lastName: 'L',
      address: { city: 'Ulm', postal_code: 89073 },
      birthday: '1990-02-03',
    };
    expect(observationOf(message({ type: 'identify', userId: 'u', traits }, true)).traits).toEqual({
      givenName: 'Ada',
      familyName: 'L',
      locality: 'Ulm',
      postalCode: '89073',
      birthDate: '1990-02-03',
    });
  });
});
