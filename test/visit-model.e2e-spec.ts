import fc from 'fast-check';
import { after, days, hours, minutes } from '../src/shared/clock.js';
import { Cast, type DoorAnswer, type Saved } from './support/cast.js';
import { noon } from './support/foyer.js';
import type { TestStaff, TestStore } from './support/retailer.js';
import { runs } from './support/runs.js';

type Purpose = 'BUY' | 'COMPLAINT';

/** A visit as it should be, told without a word of how Foyer decides it. */
interface Guest {
  readonly id: string;
  readonly arrivedAt: Date;
  state: 'WAITING' | 'SERVING' | 'COMPLETED';
  status: 'ANONYMOUS' | 'CLAIMED' | 'CONFIRMED' | 'DISPUTED';
  /** Which of the people she is taken for. */
  person: number | null;
  /** What she came for and how many came, as it was said last. */
  purpose: Purpose | null;
  partySize: number;
  /** Which of the staff serves her. */
  server: number | null;
  /** What came of it and when she left, by whoever ended it; what the night has closed nobody has. */
  farewell: { readonly outcome: string; readonly at: Date } | null;
}

interface Day {
  guests: Guest[];
}

/** The stage of one run: a store of its own, two associates, three people with an account and a link each. */
interface Stage {
  readonly store: TestStore;
  readonly staff: readonly TestStaff[];
  readonly accounts: readonly string[];
  readonly links: readonly string[];
}

/** What somebody shows: the QR of her page, which proves that it is she, or her printed link, which anybody may hold. */
interface Shown {
  readonly person: number;
  readonly onPage: boolean;
}

/** She saves at home, signed in to her account. */
const savedBy = (value = ''): Promise<Saved> => cast.saves([{ kind: 'account', value }]);

const codeOf = async ({ accounts, links }: Stage, { person, onPage }: Shown): Promise<string | undefined> =>
  onPage ? (await savedBy(accounts[person])).pass.url : links[person];

const spoken = ({ person, onPage }: Shown): string => `${person} by ${onPage ? 'pass' : 'link'}`;

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
    const obstacle = this.over(guest) ? {} : this.obstacle(guest, stage);
    if (obstacle) {
      expect(answer).toMatchObject({ __typename: 'NotPossibleNow', state: guest.state, takenBy: null, ...obstacle });
    } else {
      this.change(guest);
      expect(answer.__typename).toBe('VisitChanged');
    }
    await agree(guest, stage);
  }

  /** Whether nothing of the kind can be done any more. */
  protected over(guest: Guest): boolean {
    return guest.state === 'COMPLETED';
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
    readonly shown: Shown,
  ) {
    super(pick);
  }
  act = async (guest: Guest, stage: Stage): Promise<DoorAnswer> =>
    cast.identify(guest.id, { code: await codeOf(stage, this.shown) }, stage.store.tablet);
  obstacle = (guest: Guest): object | undefined =>
    guest.person === null || guest.person === this.shown.person ? undefined : {};
  change(guest: Guest): void {
    if (this.shown.onPage) guest.status = 'CONFIRMED';
    else if (guest.person === null) guest.status = 'CLAIMED';
    guest.person = this.shown.person;
  }
  override toString = (): string => `identify(${this.pick}, as ${spoken(this.shown)})`;
}

class SetPurpose extends OnGuest {
  act = (guest: Guest, stage: Stage): Promise<DoorAnswer> => cast.setPurpose(guest.id, 'COMPLAINT', stage.store.tablet);
  obstacle = (): object | undefined => undefined;
  change(guest: Guest): void {
    guest.purpose = 'COMPLAINT';
  }
  override toString = (): string => `setPurpose(${this.pick})`;
}

class End extends OnGuest {
  act = (guest: Guest, stage: Stage): Promise<DoorAnswer> => cast.end(guest.id, {}, stage.store.tablet);
  obstacle = (): object | undefined => undefined;
  change(guest: Guest): void {
    guest.state = 'COMPLETED';
    guest.farewell = { outcome: 'INFORMED', at: cast.foyer.clock.now() };
  }
  override toString = (): string => `end(${this.pick})`;
}

/** A tablet that had no connection tells when she left: on her day, it corrects what the night has closed and nobody else has ended. */
class EndLate extends OnGuest {
  override async run(day: Day, stage: Stage): Promise<void> {
    const guest = day.guests[this.pick % day.guests.length] as Guest;
    const since = cast.foyer.clock.now().getTime() - this.leftAt(guest).getTime();
    if (since <= hours(72)) return super.run(day, stage);
    await expect(this.act(guest, stage)).rejects.toThrow('BAD_USER_INPUT');
    await agree(guest, stage);
  }

  act = (guest: Guest, stage: Stage): Promise<DoorAnswer> =>
    cast.end(guest.id, { outcome: 'QUOTED', occurredAt: this.leftAt(guest).toISOString() }, stage.store.tablet);
  protected override over = (guest: Guest): boolean => guest.farewell !== null;
  obstacle = (): object | undefined => undefined;
  change(guest: Guest): void {
    const [left, now] = [this.leftAt(guest), cast.foyer.clock.now()];
    guest.state = 'COMPLETED';
    guest.farewell = { outcome: 'QUOTED', at: left < now ? left : now };
  }
  private leftAt = (guest: Guest): Date => after(guest.arrivedAt, hours(1));
  override toString = (): string => `endLate(${this.pick})`;
}

/** What the tablet says beside the code; absent where nothing is said. */
interface Said {
  readonly purpose?: Purpose;
  readonly partySize?: number;
}

class CheckIn implements Command {
  constructor(
    readonly shown: Shown | null,
    readonly said: Said,
  ) {}
  check = (): boolean => true;

  async run(day: Day, stage: Stage): Promise<void> {
    const code = this.shown && (await codeOf(stage, this.shown));
    const answer = await cast.checkIn({ code, ...this.said }, { store: stage.store });
    const person = this.shown?.person ?? null;
    const already = here(day).find((guest) => person !== null && guest.person === person);
    expect(answer).toMatchObject({ __typename: 'CheckedIn', repeated: already !== undefined });
    if (already) {
      expect(answer.visit.id).toBe(already.id);
      if (this.shown?.onPage) already.status = 'CONFIRMED';
      Object.assign(already, this.said);
      return agree(already, stage);
    }
    expect(answer.visit.state).toBe('WAITING');
    expect(day.guests.map((guest) => guest.id)).not.toContain(answer.visit.id);
    const status = this.shown === null ? 'ANONYMOUS' : this.shown.onPage ? 'CONFIRMED' : 'CLAIMED';
    const [id, arrivedAt] = [answer.visit.id, cast.foyer.clock.now()];
    const said = { purpose: this.said.purpose ?? null, partySize: this.said.partySize ?? 1 };
    const guest: Guest = { id, arrivedAt, state: 'WAITING', status, person, ...said, server: null, farewell: null };
    day.guests.push(guest);
    await agree(guest, stage);
  }

  toString = (): string => `checkIn(${this.shown ? spoken(this.shown) : 'nobody'} ${JSON.stringify(this.said)})`;
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
  expect(seen).toMatchObject({
    state: guest.state,
    recognition: { status: guest.status },
    purpose: guest.purpose,
    partySize: guest.partySize,
  });
  const row = await cast.row(guest.id);
  expect(row['recognised_record_id'] === null).toBe(guest.person === null);
  if (guest.farewell === null) return;
  expect([row['outcome'], seen?.endedAt]).toEqual([guest.farewell.outcome, guest.farewell.at.toISOString()]);
}

async function stageFor(): Promise<Stage> {
  cast.foyer.clock.set(noon);
  stages += 1;
  const store = await cast.retailer.store(`model-${stages}`);
  const staff = [
    await cast.retailer.staff(`Fay ${stages}`, 'ASSOCIATE', [store]),
    await cast.retailer.staff(`Gil ${stages}`, 'ASSOCIATE', [store]),
  ];
  const accounts = [0, 1, 2].map((person) => `model-${stages}-${person}`);
  const links: string[] = [];
  for (const account of accounts) links.push((await savedBy(account)).link);
  return { store, staff, accounts, links };
}

it('goes through its states as the shop floor means them, whatever is tapped in whatever order', async () => {
  const pick = fc.nat({ max: 30 });
  const shown = fc.record({ person: fc.nat({ max: 2 }), onPage: fc.boolean() });
  const said = fc.record(
    { purpose: fc.constantFrom<Purpose>('BUY', 'COMPLAINT'), partySize: fc.integer({ min: 1, max: 4 }) },
    { requiredKeys: [] },
  );
  const commands = fc.commands(
    [
      fc.tuple(fc.option(shown, { freq: 3 }), said).map(([who, what]) => new CheckIn(who, what)),
      fc.tuple(pick, fc.nat({ max: 1 })).map(([guest, by]) => new Take(guest, by)),
      pick.map((guest) => new Confirm(guest)),
      pick.map((guest) => new Dispute(guest)),
      fc.tuple(pick, shown).map(([guest, who]) => new Identify(guest, who)),
      pick.map((guest) => new SetPurpose(guest)),
      pick.map((guest) => new End(guest)),
      pick.map((guest) => new EndLate(guest)),
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
