import { boardName, newer, promiseUsed, shortName, urgency, waiting, type Visit } from './board.rules.js';

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
  expect(newer(old, fresh)).toBe(fresh);
  expect(newer(fresh, old)).toEqual({ ...old, context: fresh.context });
  expect(newer(fresh, visit('a')).context).toBeNull();
  const gone = visit('a');
  expect(newer(gone, fresh, 4)).toEqual({ ...fresh, context: null });
  const another = visit('a', named('Eva', 6));
  expect(newer(gone, another, 4)).toBe(another);
  expect(newer(undefined, old)).toBe(old);
});
