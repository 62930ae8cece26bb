import type { Visit } from './board.rules.js';
import { hasLapsed, inTurn, ofWhom, wasRead, type Deed } from './deed.rules.js';

const hour = 60 * 60_000;
const deed = (name: string, more: object = {}): Deed =>
  ({ name, at: 0, kind: 'ending', input: {}, calledName: null, ...more }) as unknown as Deed;
const dayOf = (at: number): string => String(Math.floor(at / (24 * hour)));

test('"not her" is sent before all else, then the oldest, and nothing that was refused', () => {
  const line = [deed('first'), deed('wrong', { refused: 'why' }), deed('not her', { kind: 'dispute' }), deed('last')];
  expect(inTurn(line).map(({ name }) => name)).toEqual(['not her', 'first', 'last']);
});

test('what was refused stays until the day after somebody on shift had it before her, whenever it was accepted', () => {
  expect(wasRead(deed('of yesterday', { refused: 'why' }), dayOf, 30 * hour)).toBe(false);
  expect(wasRead(deed('read today', { refused: 'why', seenAt: 25 * hour }), dayOf, 30 * hour)).toBe(false);
  expect(wasRead(deed('read yesterday', { refused: 'why', seenAt: 23 * hour }), dayOf, 30 * hour)).toBe(true);
});

test('what the server would not take any more has lapsed', () => {
  expect([71, 73].map((hours) => hasLapsed(deed('waits'), hours * hour))).toEqual([false, true]);
});

test('"not her" is said of the customer who is shown, of nobody in particular of several, or of whoever it is', () => {
  const visit = (context: object | null, candidates: object[]): Visit =>
    ({ context, recognition: { candidates } }) as unknown as Visit;
  expect(ofWhom(visit({ customer: { id: 'ada' } }, []))).toBe('ada');
  expect(ofWhom(visit(null, [{ id: 'one' }, { id: 'other' }]))).toBeNull();
  expect(ofWhom(visit(null, []))).toBeUndefined();
});
