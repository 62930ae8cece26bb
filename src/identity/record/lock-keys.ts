import { hash } from 'node:crypto';
import type { Tx } from '../../platform/database/transactions.js';

/** Everybody shares it, but for those who need the whole room. */
const room = 0x666f79657201;

/** PostgreSQL keeps locks in shared memory; whoever needs more than this takes the whole room instead. */
const mostKeys = 600;

interface Locks {
  keys: Set<bigint>;
  wholeRoom: boolean;
}

/** What an attempt of a transaction holds. */
const held = new WeakMap<Tx, Locks>();
/** What earlier attempts of the same transaction came to need, to be taken in order from the start. */
const needed = new WeakMap<object, Locks>();

/**
 * The transaction needs a lock that comes before one it holds, and somebody has it: waiting could make a circle. The code is
 * PostgreSQL's for a transaction that is to be run anew.
 */
class OutOfTurn extends Error {
  readonly code = '40001';

  constructor() {
    super('The transaction gives way to another one and is run anew.');
  }
}

/**
 * Lets what the transaction does next wait its turn for every one of these names, or numbers that stand for names already, until it ends, so that two transactions that could
 * see each other's records never decide at once. In one order, so that nobody waits in a circle: what is needed late and out of
 * order is taken if it is free; if not, the transaction gives way and takes everything in order when it is run anew.
 */
export async function lockKeys(tx: Tx, names: Iterable<string | number>): Promise<void> {
  const mine = locksOf(held, tx);
  if (mine.wholeRoom) return;
  const isFirst = mine.keys.size === 0;
  const earlier = isFirst ? locksOf(needed, tx.run) : undefined;
  const distinct = new Set<string | number>();
  for (const name of names) {
    distinct.add(name);
    if (isFirst && distinct.size > mostKeys) return lockRoom(tx);
  }
  const asked = new Set([...[...distinct].map(lockNumber), ...(earlier?.keys ?? [])]);
  const keys = [...asked].filter((key) => !mine.keys.has(key)).sort((a, b) => (a < b ? -1 : 1));
  if (keys.length === 0) return;
  if (earlier?.wholeRoom || mine.keys.size + keys.length > mostKeys) return lockRoom(tx);
  const inOrder = isFirst || [...mine.keys].every((key) => key < (keys[0] as bigint));
  if (inOrder) wait(tx, keys);
  else if (!(await isFree(tx, keys))) throw giveWay(tx, { keys: new Set([...mine.keys, ...keys]), wholeRoom: false });
  for (const key of keys) mine.keys.add(key);
}

/** Lets what the transaction does next wait until nobody else decides anything, for what concerns many records at once. */
export async function lockRoom(tx: Tx): Promise<void> {
  const mine = locksOf(held, tx);
  if (mine.wholeRoom) return;
  if (mine.keys.size === 0) tx.send('identity-lock-room', `SELECT pg_advisory_xact_lock(${room})`);
  else if (!(await isRoomFree(tx))) throw giveWay(tx, { keys: new Set(), wholeRoom: true });
  mine.wholeRoom = true;
}

function wait(tx: Tx, keys: readonly bigint[]): void {
  tx.send(
    'identity-lock-keys',
    `WITH shared AS MATERIALIZED (SELECT pg_advisory_xact_lock_shared(${room}))
     SELECT pg_advisory_xact_lock(key) FROM shared, unnest($1::bigint[]) AS key`,
    [`{${keys.join(',')}}`],
  );
}

async function isFree(tx: Tx, keys: readonly bigint[]): Promise<boolean> {
  const [row] = await tx.prepared<{ free: boolean }>(
    'identity-try-keys',
    'SELECT bool_and(pg_try_advisory_xact_lock(key)) AS free FROM unnest($1::bigint[]) AS key',
    [`{${keys.join(',')}}`],
  );
  return row?.free === true;
}

async function isRoomFree(tx: Tx): Promise<boolean> {
  const sql = `SELECT pg_try_advisory_xact_lock(${room}) AS free`;
  const [row] = await tx.prepared<{ free: boolean }>('identity-try-room', sql);
  return row?.free === true;
}

function giveWay(tx: Tx, more: Locks): OutOfTurn {
  const known = locksOf(needed, tx.run);
  for (const key of more.keys) known.keys.add(key);
  known.wholeRoom ||= more.wholeRoom;
  return new OutOfTurn();
}

function locksOf<Owner extends object>(by: WeakMap<Owner, Locks>, owner: Owner): Locks {
  const locks = by.get(owner) ?? { keys: new Set<bigint>(), wholeRoom: false };
  by.set(owner, locks);
  return locks;
}

/** 64 bits of a name, as PostgreSQL's signed bigint. */
function lockNumber(name: string | number): bigint {
  if (typeof name === 'number') return BigInt(name);
  return hash('sha1', name, 'buffer').readBigInt64BE(0);
}
