import fc from 'fast-check';
import { days, minutes } from '../src/shared/clock.js';
import { Cast, type DoorAnswer } from './support/cast.js';
import { noon } from './support/foyer.js';
import type { TestStaff, TestStore } from './support/retailer.js';
import { runs } from './support/runs.js';

/** A visit as it should be, told without a word of how Foyer decides it. */
interface Guest {
  readonly id: string;
  state: 'WAITING' | 'SERVING' | 'COMPLETED';
  status: 'ANONYMOUS' | 'CLAIMED' | 'CONFIRMED' | 'DISPUTED';
  /** Which of the people she is taken for. */
  person: number | null;
  /** Which of the staff serves her. */
  server: number | null;
}

interface Day {
  guests: Guest[];
}

/** The stage of one run: a store of its own, two associates, three people with a link each. */
interface Stage {
  readonly store: TestStore;
  readonly staff: readonly TestStaff[];
  readonly links: readonly string[];
}

type Command = fc.AsyncCommand<Day, Stage>;

let cast: Cast;
let stages = 0;

beforeAll(async () => {
  cast = await Cast.gather();
});
afterAll(() => cast.foyer.close());

const here = (day: Day): Guest[] => day.guests.filter((guest) => guest.state !== 'COMPLETED');

/** A command on one of the visits of the day, whatever its state: forbidden steps are steps, too. */
abstract class OnGuest implements Command {
  constructor(readonly pick: number) {}
  check = (day: Readonly<Day>): boolean => day.guests.length > 0;

  async run(day: Day, stage: Stage): Promise<void> {
    const guest = day.guests[this.pick % day.guests.length] as Guest;
    const answer = await this.act(guest, stage);
    const obstacle = guest.state === 'COMPLETED' ? {} : this.obstacle(guest, stage);
    if (obstacle) {
      expect(answer).toMatchObject({ __typename: 'NotPossibleNow', state: guest.state, takenBy: null, ...obstacle });
    } else {
      this.change(guest);
      expect(answer.__typename).toBe('VisitChanged');
    }
    await agree(guest, stage);
  }

  abstract act(guest: Guest, stage: Stage): Promise<DoorAnswer>;
  /** What stands in the way while the visit is open; undefined when nothing does. */
  abstract obstacle(guest: Guest, stage: Stage): object | undefined;
  abstract change(guest: Guest): void;
}

class Take extends OnGuest {
  constructor(
    pick: number,
    readonly by: number,
  ) {
    super(pick);
  }
  act = (guest: Guest, stage: Stage): Promise<DoorAnswer> => cast.take(guest.id, stage.staff[this.by]?.token);
  obstacle(guest: Guest, stage: Stage): object | undefined {
    if (guest.server === null || guest.server === this.by) return undefined;
    return { takenBy: { id: stage.staff[guest.server]?.id } };
  }
  change(guest: Guest): void {
    guest.state = 'SERVING';
    guest.server = this.by;
  }
  override toString = (): string => `take(${this.pick}, by ${this.by})`;
}

class Confirm extends OnGuest {
  act = (guest: Guest, stage: Stage): Promise<DoorAnswer> => cast.confirm(guest.id, undefined, stage.store.tablet);
  obstacle = (guest: Guest): object | undefined => (guest.person === null ? {} : undefined);
  change(guest: Guest): void {
    guest.status = 'CONFIRMED';
  }
  override toString = (): string => `confirm(${this.pick})`;
}

class Dispute extends OnGuest {
  act = (guest: Guest, stage: Stage): Promise<DoorAnswer> => cast.dispute(guest.id, stage.store.tablet);
  obstacle = (guest: Guest): object | undefined => (guest.status === 'ANONYMOUS' ? {} : undefined);
  change(guest: Guest): void {
    guest.status = 'DISPUTED';
    guest.person = null;
  }
  override toString = (): string => `dispute(${this.pick})`;
}

class Identify extends OnGuest {
  constructor(
    pick: number,
    readonly person: number,
  ) {
    super(pick);
  }
  act = (guest: Guest, stage: Stage): Promise<DoorAnswer> =>
    cast.identify(guest.id, { code: stage.links[this.person] }, stage.store.tablet);
  obstacle = (guest: Guest): object | undefined =>
    guest.person === null || guest.person === this.person ? undefined : {};
  change(guest: Guest): void {
    if (guest.person === null) guest.status = 'CLAIMED';
    guest.person = this.person;
  }
  override toString = (): string => `identify(${this.pick}, as ${this.person})`;
}

class SetPurpose extends OnGuest {
  act = (guest: Guest, stage: Stage): Promise<DoorAnswer> => cast.setPurpose(guest.id, 'COMPLAINT', stage.store.tablet);
  obstacle = (): object | undefined => undefined;
  change = (): void => undefined;
  override toString = (): string => `setPurpose(${this.pick})`;
}

class End extends OnGuest {
  act = (guest: Guest, stage: Stage): Promise<DoorAnswer> => cast.end(guest.id, {}, stage.store.tablet);
  obstacle = (): object | undefined => undefined;
  change(guest: Guest): void {
    guest.state = 'COMPLETED';
  }
  override toString = (): string => `end(${this.pick})`;
}

class CheckIn implements Command {
  constructor(readonly person: number | null) {}
  check = (): boolean => true;

  async run(day: Day, { store, links }: Stage): Promise<void> {
    const code = this.person === null ? null : links[this.person];
    const answer = await cast.checkIn({ code }, { store });
    const already = here(day).find((guest) => this.person !== null && guest.person === this.person);
    expect(answer).toMatchObject({ __typename: 'CheckedIn', repeated: already !== undefined });
    if (already) {
      expect(answer.visit.id).toBe(already.id);
      return;
    }
    expect(answer.visit.state).toBe('WAITING');
    expect(day.guests.map((guest) => guest.id)).not.toContain(answer.visit.id);
    const status = this.person === null ? 'ANONYMOUS' : 'CLAIMED';
    day.guests.push({ id: answer.visit.id, state: 'WAITING', status, person: this.person, server: null });
  }

  toString = (): string => `checkIn(${this.person ?? 'nobody'})`;
}

/** The night: what was left open is over, whether or not the house has come round to closing it. */
class Overnight implements Command {
  check = (): boolean => true;
  run(day: Day): Promise<void> {
    cast.foyer.clock.advance(days(1));
    for (const guest of day.guests) guest.state = 'COMPLETED';
    return Promise.resolve();
  }
  toString = (): string => 'overnight';
}

async function agree(guest: Guest, { store }: Stage): Promise<void> {
  const seen = await cast.visit(guest.id, store.tablet);
  expect(seen).toMatchObject({ state: guest.state, recognition: { status: guest.status } });
  expect((await cast.row(guest.id))['recognised_record_id'] === null).toBe(guest.person === null);
}

async function stageFor(): Promise<Stage> {
  cast.foyer.clock.set(noon);
  stages += 1;
  const store = await cast.retailer.store(`model-${stages}`);
  const staff = [
    await cast.retailer.staff(`Fay ${stages}`, 'ASSOCIATE', [store]),
    await cast.retailer.staff(`Gil ${stages}`, 'ASSOCIATE', [store]),
  ];
  const saved = [await cast.saves([]), await cast.saves([]), await cast.saves([])];
  return { store, staff, links: saved.map(({ link }) => link) };
}

it('goes through its states as the shop floor means them, whatever is tapped in whatever order', async () => {
  const pick = fc.nat({ max: 30 });
  const person = fc.nat({ max: 2 });
  const commands = fc.commands(
    [
      fc.option(person, { freq: 3 }).map((who) => new CheckIn(who)),
      fc.tuple(pick, fc.nat({ max: 1 })).map(([guest, by]) => new Take(guest, by)),
      pick.map((guest) => new Confirm(guest)),
      pick.map((guest) => new Dispute(guest)),
      fc.tuple(pick, person).map(([guest, who]) => new Identify(guest, who)),
      pick.map((guest) => new SetPurpose(guest)),
      pick.map((guest) => new End(guest)),
      fc.constant(new Overnight()),
    ],
    { maxCommands: 40, size: 'max' },
  );
  const property = fc.asyncProperty(commands, async (tapped) => {
    const stage = await stageFor();
    const day: Day = { guests: [] };
    await fc.asyncModelRun(() => ({ model: day, real: stage }), tapped);
    const board = await cast.board(stage.store);
    expect(board.present.map((visit) => visit.id)).toEqual(here(day).map((guest) => guest.id));
    cast.foyer.clock.advance(minutes(1));
  });
  await fc.assert(property, { numRuns: runs(300), endOnFailure: false });
}, 600_000);
