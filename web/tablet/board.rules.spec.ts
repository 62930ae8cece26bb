import { boardName, isOwnOf, Newest, promiseUsed, shortName, urgency, waiting, type Visit } from './board.rules.js';

const noon = Date.parse('2026-03-10T11:00:00Z');
const ago = (minutes: number): string => new Date(noon - minutes * 60_000).toISOString();

/** As much of a visit as the board looks at. */
function visit(id: string, seen: object = {}): Visit {
  const plain = {
    id,
    state: 'WAITING',
    arrivedAt: ago(1),
    store: { promiseMinutes: 5 },
    calledName: null,
    context: null,
  };
  return { ...plain, ...seen } as unknown as Visit;
}

const named = (displayName: string, version = 1): object => ({ context: { version, customer: { displayName } } });

it('puts the longest wait first, and leaves out who does not wait', () => {
  const visits = [
    visit('b', { arrivedAt: ago(2) }),
    visit('c', { state: 'SERVING' }),
    visit('a', { arrivedAt: ago(7) }),
  ];
  expect(waiting(visits).map(({ id }) => id)).toEqual(['a', 'b']);
});

it.each([
  [0, 'good'],
  [2.9, 'good'],
  [3, 'soon'],
  [4.9, 'soon'],
  [5, 'late'],
])('shows a wait of %d of five promised minutes as %s', (minutes, colour) => {
  expect(urgency(promiseUsed(visit('a', { arrivedAt: ago(minutes) }), noon))).toBe(colour);
});

it.each([
  ['Ada Lovelace', 'Ada L.'],
  ['Anna Maria von Trapp', 'Anna T.'],
  ['Cher', 'Cher'],
  ['  Ngozi   Ọkafor ', 'Ngozi Ọ.'],
  ['', ''],
])('writes %j on the board as %j', (name, short) => {
  expect(shortName(name)).toBe(short);
});

it('shortens a customer’s name, but not what she wishes to be called by', () => {
  expect(boardName(visit('a', { ...named('Ada Lovelace'), calledName: 'Ada Lovelace' }))).toBe('Ada L.');
  expect(boardName(visit('a', { calledName: 'Grey coat' }))).toBe('Grey coat');
  expect(boardName(visit('a'))).toBeNull();
});

it('never goes back to an older context, whatever comes in which order, and drops one that was taken away', () => {
  const [old, fresh] = [visit('a', named('Ada', 3)), visit('a', { ...named('Ada', 4), state: 'SERVING' })];
  expect(new Newest().of(old, fresh)).toBe(fresh);
  expect(new Newest().of(fresh, old)).toEqual({ ...old, context: fresh.context });
  expect(new Newest().of(fresh, visit('a'))?.context).toBeNull();
  const newest = new Newest();
  newest.of(undefined, fresh);
  expect(newest.of(undefined, fresh)).toBe(fresh);
});

it('shows nothing again that was taken away, when an answer under way still bears it, but whoever she is found to be later', () => {
  const newest = new Newest();
  const [known, another] = [visit('a', named('Ada', 4)), visit('a', named('Eva', 6))];
  const gone = newest.of(known, visit('a'));
  expect(newest.of(gone, known)).toEqual({ ...known, context: null });
  expect(newest.of(gone, another)).toBe(another);
});

it('marks whom an associate usually sees, and nobody where there is no associate or no context', () => {
  const hers = visit('a', { context: { version: 1, customer: { ownAssociate: { id: 'mika' } } } });
  expect(isOwnOf({ id: 'mika' }, hers)).toBe(true);
  expect(isOwnOf({ id: 'noor' }, hers)).toBe(false);
  expect(isOwnOf(null, hers)).toBe(false);
  expect(isOwnOf({ id: 'mika' }, visit('b'))).toBe(false);
});

it('brings nobody back who has left', () => {
  const newest = new Newest();
  const left = visit('a', { state: 'COMPLETED', endedAt: ago(0) });
  expect(newest.of(visit('a'), left)).toBe(left);
  expect(newest.of(undefined, visit('a', { state: 'SERVING' }))).toBeUndefined();
});
