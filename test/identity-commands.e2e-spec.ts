import fc from 'fast-check';
import { FixedClock } from '../src/shared/clock.js';
import { command, type Command, workOf } from './support/identity-commands.js';
import { emptyWorld, type Replay, type World } from './support/identity-model.js';
import { stored, unexplained, wipe, wrongAliases } from './support/identity-partition.js';
import { type IdentityStage, openIdentity } from './support/identity-stage.js';
import { differences, factsOf, storedView, type View, viewOf } from './support/identity-view.js';
import { sources } from './support/identity-world.js';
import { commandCount, isCommandCountGiven } from './support/runs.js';

/** Every look is a millisecond later: no two judgements are of one instant. */
class TickingClock extends FixedClock {
  override now(): Date {
    this.advance(1);
    return super.now();
  }
}

const clients = 4;

let stage: IdentityStage;
beforeAll(async () => {
  stage = await openIdentity(clients, new TickingClock(new Date('2026-03-10T11:00:00Z')));
  // Drawn at the end of a transaction, while it holds its locks: of two that concern one another the first has the lower number.
  await stage.database.query('CREATE SEQUENCE turn');
  for (const { id, code, country, trusted } of sources)
    await stage.database.query(
      `INSERT INTO source (id, code, name, kind, department, country, trusted, created_at)
       VALUES ($1, $2, $2, 'web-shop', 'shop', $3, $4, now())`,
      [id, code, country, trusted],
    );
});
afterAll(() => stage.close());

/** What each client does at the same time as the others, one after the other. */
const round = fc.array(fc.array(command, { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: clients });

/** A command as it was acknowledged: its turn among all, and what it makes of the world. */
interface Deed {
  readonly command: Command;
  readonly turn: number;
  readonly replay: Replay;
}

/** How many commands of each kind were done; how often one was run anew, or told in another order than that of the turns. */
const tally = new Map<string, number>();
let done = 0;

function count(what: string, times = 1): void {
  tally.set(what, (tally.get(what) ?? 0) + times);
}

/** Does a command as the product does, with the product's own retries. */
async function act(one: Command, seen: World): Promise<Deed> {
  const work = workOf(stage, one, seen);
  let attempts = 0;
  const deed = await stage.run(async (tx) => {
    attempts += 1;
    const replay = work ? await work(tx) : (world: World) => world;
    const [drawn] = await tx.query<{ turn: number }>(`SELECT nextval('turn')::int AS turn`);
    return { command: one, turn: drawn?.turn as number, replay };
  });
  done += 1;
  count(one.do);
  count('run anew', attempts - 1);
  return deed;
}

async function tellRound(before: World, commands: readonly (readonly Command[])[]): Promise<World> {
  const outcomes = await Promise.allSettled(commands.map((list) => actInTurn(list, before)));
  const deeds = outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
  const now = await storedView(stage);
  const world = explain(before, deeds, now);
  if (!world) throw new Error(divergence(before, deeds, now));
  expect(await unexplained(stage, (await stored(stage)).customers)).toEqual([]);
  expect(await wrongAliases(stage)).toEqual([]);
  return world;
}

async function actInTurn(commands: readonly Command[], seen: World): Promise<Deed[]> {
  const deeds: Deed[] = [];
  for (const one of commands) deeds.push(await act(one, seen));
  return deeds;
}

/**
 * The world after deeds that were done at the same time: in the order of their turns or, as one may have looked before another one's
 * turn, in any other that keeps the order of each client, has the outcomes and comes to what is stored.
 */
function explain(before: World, deeds: readonly (readonly Deed[])[], now: View): World | undefined {
  const isSo = (world: World): boolean => JSON.stringify(viewOf(world)) === JSON.stringify(now);
  const world = inTurn(deeds).reduce<World | undefined>((one, { replay }) => one && replay(one), before);
  if (world && isSo(world)) return world;
  count('told in another order');
  return inAnyOrder(before, deeds, isSo, new Set());
}

function inTurn(deeds: readonly (readonly Deed[])[]): Deed[] {
  return deeds.flat().sort((a, b) => a.turn - b.turn);
}

function inAnyOrder(
  world: World,
  left: readonly (readonly Deed[])[],
  isSo: (world: World) => boolean,
  tried: Set<string>,
): World | undefined {
  const name = `${left.map(({ length }) => length).join()} ${factsOf(world)}`;
  if (tried.has(name)) return undefined;
  tried.add(name);
  if (left.every(({ length }) => length === 0)) return isSo(world) ? world : undefined;
  for (const [client, [next, ...rest]] of left.entries()) {
    const then = next?.replay(world);
    const found = then && inAnyOrder(then, left.with(client, rest), isSo, tried);
    if (found) return found;
  }
  return undefined;
}

/** How what is stored differs from what would be, had the deeds been done one after the other in the order of their turns. */
function divergence(before: World, deeds: readonly (readonly Deed[])[], now: View): string {
  const lines = ['No order of the commands explains what is stored. Before:', JSON.stringify(viewOf(before), null, 1)];
  let world = before;
  for (const { turn, command: one, replay } of inTurn(deeds)) {
    const next = replay(world);
    lines.push(`${turn} ${JSON.stringify(one)}${next ? '' : ' cannot have had this outcome'}`);
    world = next ?? world;
  }
  return [...lines, ...differences(viewOf(world), now)].join('\n');
}

async function deadlocks(): Promise<number> {
  const [row] = await stage.database.query<{ deadlocks: number }>(
    'SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()',
  );
  return row?.deadlocks ?? 0;
}

describe('many at work on the same people at once', () => {
  it('leave what their commands come to one after the other', async () => {
    const rounds = fc.array(round, { minLength: 1, maxLength: 8, size: 'max' });
    while (done < commandCount) {
      await fc.assert(
        fc.asyncProperty(rounds, async (list) => {
          if (done >= commandCount) return;
          await wipe(stage);
          let world = emptyWorld;
          for (const commands of list) world = await tellRound(world, commands);
        }),
        // What happened at once does not happen again while it is made smaller; the round is small enough.
        { numRuns: 10, endOnFailure: true },
      );
    }
    if (isCommandCountGiven)
      process.stderr.write(`${JSON.stringify({ ...Object.fromEntries(tally), deadlocks: await deadlocks() })}\n`);
  }, 86_400_000);
});
