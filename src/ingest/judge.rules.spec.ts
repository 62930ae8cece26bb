import { isBad, judge, type Bad, type Keepable } from './judge.rules.js';
import { depthOf } from './raw-json.rules.js';

const receivedAt = new Date('2026-03-10T11:00:00Z');
const vouches = (userId: string, signature: string): boolean => signature === `signed ${userId}`;

function judged(body: unknown, frame: { asserts?: boolean; at?: Date } = {}): Keepable | Bad {
  const text = JSON.stringify(body);
  const { asserts = false, at = receivedAt } = frame;
  return judge({ text, depth: depthOf(text) }, body, { receivedAt: at, asserts, sentAt: undefined, vouches });
}

const reason = (body: unknown): string => {
  const outcome = judged(body);
  return isBad(outcome) ? outcome.reason : `kept as ${outcome.kind}`;
};

describe('the judgement at the door', () => {
  it.each([
    [{ type: 'track', event: 'order_completed', userId: 7 }, 'kept as order.completed'],
    [{ type: 'screen', name: 'Home', anonymousId: 'a' }, 'kept as page'],
    [{ type: 'track', event: 'Moon Landed', userId: 'u' }, 'kept as other'],
    [{ type: 'import', userId: 'u' }, 'kept as other'],
    [{ type: 'track', userId: 'u' }, 'event-name-missing'],
    [{ event: 'X', userId: 'u' }, 'type-missing'],
    [{ type: 'page', userId: 'undefined', anonymousId: ' ' }, 'names-nobody'],
    [{ type: 'page', userId: 'u', timestamp: 'yesterday' }, 'time-unreadable'],
    [{ type: 'page', userId: 'u', messageId: 'm'.repeat(101) }, 'message-id-unusable'],
    [{ type: 'page', userId: 'u', messageId: {} }, 'message-id-unusable'],
    [{ type: 'page', userId: 'u', properties: { text: 'ü'.repeat(17_000) } }, 'too-large'],
    [{ type: 'page', userId: 'u', properties: JSON.parse('['.repeat(70) + ']'.repeat(70)) as unknown }, 'too-deep'],
    ['text', 'not-an-object'],
    [null, 'not-an-object'],
  ])('of %j is %s', (body, expected) => {
    expect(reason(body)).toBe(expected);
  });

  it('believes a server, and a page only with its server’s signature for that very user', () => {
    const page = { type: 'page', userId: 'u' };
    expect(judged(page, { asserts: true })).toMatchObject({ asserted: true });
    expect(judged(page)).toMatchObject({ asserted: false });
    expect(judged({ ...page, context: { userHash: 'signed u' } })).toMatchObject({ asserted: true });
    expect(judged({ ...page, context: { userHash: 'signed v' } })).toMatchObject({ asserted: false });
    expect(judged({ ...page, context: { userHash: 'signed v' } }, { asserts: true })).toMatchObject({
      asserted: false,
    });
  });

  it('gives a message without an id one from what it says, the same for every retry', () => {
    const idOf = (body: unknown, at = receivedAt): string => {
      const outcome = judged(body, { at });
      return isBad(outcome) ? outcome.reason : outcome.messageId;
    };
    const said = { type: 'page', userId: 'u', timestamp: '2026-03-10T10:00:00Z' };
    const later = new Date('2026-03-12T11:00:00Z');
    expect(idOf(said)).toMatch(/^derived-/);
    expect(idOf({ ...said, sentAt: 'x', _metadata: { retryCount: 2 } }, later)).toBe(idOf(said));
    expect(idOf({ ...said, userId: 'v' })).not.toBe(idOf(said));
    expect(idOf({ type: 'page', userId: 'u' }, later)).not.toBe(idOf({ type: 'page', userId: 'u' }));
    expect(idOf({ ...said, messageId: 'own' })).toBe('own');
  });
});
