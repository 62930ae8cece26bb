import { v7 } from 'uuid';
import { days, hours, minutes, seconds } from '../src/shared/clock.js';
import { Cast } from './support/cast.js';

let cast: Cast;

beforeAll(async () => {
  cast = await Cast.gather();
});
afterAll(() => cast.foyer.close());
beforeEach(() => cast.foyer.clock.advance(minutes(2)));

const email = (value: string): { kind: string; value: string } => ({ kind: 'email', value });
const account = (value: string): { kind: string; value: string } => ({ kind: 'account', value });
/** The token of an enrolled tablet of the store on which nobody has a shift. */
const withoutShift = async (): Promise<string> => {
  const { tablet, tabletId } = await cast.retailer.tablet(cast.north.id);
  await cast.foyer.database.query(
    `INSERT INTO tablet_key (tablet_id, public_key, enrolled_at, seen_at) VALUES ($1, '{}', now(), now())`,
    [tabletId],
  );
  return tablet;
};
let born = 0;
/** Somebody nobody has met yet. */
const stranger = (): string => `guest-${(born += 1)}@example.org`;

describe('who walks in', () => {
  it('may stay nobody in particular, with a name to call out', async () => {
    const answer = await cast.checkIn({ calledName: 'grey coat', partySize: 2, purpose: 'BUY' });
    expect(answer).toMatchObject({
      __typename: 'CheckedIn',
      repeated: false,
      visit: { state: 'WAITING', calledName: 'grey coat', partySize: 2, purpose: 'BUY', associate: null, warnings: [] },
    });
    expect(answer.visit.recognition).toEqual({ status: 'ANONYMOUS', strength: 'NONE', matchedBy: [], candidates: [] });
  });

  it('is confirmed at once by a pass made while signed in', async () => {
    const saved = await cast.saves([account('ada'), email(stranger())]);
    const { visit } = await cast.checkIn({ code: saved.pass.url });
    expect(visit.recognition).toMatchObject({ status: 'CONFIRMED', strength: 'VERIFIED' });
    expect(visit.recognition.matchedBy).toEqual([
      { identifier: 'pass', strength: 'VERIFIED', explanation: expect.stringContaining('signed in') },
    ]);
    const row = await cast.row(visit.id);
    expect(row['configuration_id']).toBe(saved.configuration.id);
    expect(await cast.customerOf(row['record_id'] ?? '')).toBe(
      await cast.customerOf(row['recognised_record_id'] ?? ''),
    );
  });

  it('is only claimed by a pass of somebody who was not signed in, and nothing is joined', async () => {
    const saved = await cast.saves([email(stranger())], { key: cast.shop.browser });
    const { visit } = await cast.checkIn({ code: saved.pass.url });
    expect(visit.recognition).toMatchObject({ status: 'CLAIMED', strength: 'PRESENTED' });
    const row = await cast.row(visit.id);
    expect(await cast.customerOf(row['record_id'] ?? '')).not.toBe(
      await cast.customerOf(row['recognised_record_id'] ?? ''),
    );
  });

  it('shows her own link, which works again next time', async () => {
    const saved = await cast.saves([email(stranger())]);
    const first = await cast.checkIn({ code: saved.link });
    expect(first.visit.recognition).toMatchObject({
      status: 'CLAIMED',
      strength: 'PRESENTED',
      matchedBy: [{ identifier: 'link' }],
    });
    await cast.end(first.visit.id);
    cast.foyer.clock.advance(minutes(30));
    const next = await cast.checkIn({ code: saved.link });
    expect(next).toMatchObject({ __typename: 'CheckedIn', repeated: false });
    expect(next.visit.id).not.toBe(first.visit.id);
  });

  it('opens a configuration by its code and stays nobody', async () => {
    const saved = await cast.saves([account('bea')]);
    const { visit } = await cast.checkIn({ code: saved.configuration.code.toLowerCase() });
    expect(visit.recognition).toMatchObject({
      status: 'ANONYMOUS',
      strength: 'NONE',
      matchedBy: [{ identifier: 'configuration' }],
    });
    expect(await cast.row(visit.id)).toMatchObject({
      configuration_id: saved.configuration.id,
      recognised_record_id: null,
    });
  });

  it('shows a loyalty card, which claims more than a number she states', async () => {
    await cast.knows(cast.club, 'cleo', { loyaltyId: 'LOY-4711', firstName: 'Cleo', lastName: 'Hart' });
    const shown = await cast.checkIn({ code: 'LOY-4711' });
    expect(shown.visit.recognition).toMatchObject({
      status: 'CLAIMED',
      strength: 'PRESENTED',
      matchedBy: [{ identifier: 'loyalty' }],
    });
    await cast.end(shown.visit.id);
    const stated = await cast.checkIn({ identifiers: [{ kind: 'loyalty', value: 'loy 4711' }] });
    expect(stated.visit.recognition).toMatchObject({ status: 'CLAIMED', strength: 'STATED' });
    await cast.end(stated.visit.id);
  });

  it('keeps what somebody states whom nobody knows', async () => {
    const address = stranger();
    const { visit } = await cast.checkIn({ statedName: 'Dora Novak', identifiers: [email(address)] });
    expect(visit.recognition.status).toBe('ANONYMOUS');
    const held = await cast.foyer.database.query(
      'SELECT i.kind, i.value, i.asserted, r.traits FROM visit v JOIN record r ON r.id = v.record_id JOIN identifier i ON i.record_id = r.id WHERE v.id = $1',
      [visit.id],
    );
    expect(held).toEqual([{ kind: 'email', value: address, asserted: false, traits: { name: 'Dora Novak' } }]);
  });

  it('offers several people masked, and says nothing else of them', async () => {
    await cast.knows(cast.club, 'finn', { phone: '+4930123451', firstName: 'Finnegan', lastName: 'Oberlin' });
    await cast.knows(cast.club, 'gwen', { phone: '+4930123451', firstName: 'Gwendolyn', lastName: 'Oberlin' });
    const { visit } = await cast.checkIn({ identifiers: [{ kind: 'phone', value: '030 123451' }] });
    expect(visit.recognition).toMatchObject({ status: 'CLAIMED', strength: 'STATED' });
    expect(visit.recognition.candidates.map((one) => one.maskedName).sort()).toEqual(['Fi… O…', 'Gw… O…']);
    expect(visit.recognition.candidates[0]?.explanation).toContain('phone number');
    expect(await cast.row(visit.id)).toMatchObject({ recognised_record_id: null });
    const asked =
      'query ($id: ID!) { visit(id: $id) { recognition { matchedBy { explanation } candidates { maskedName } } } }';
    const { data } = await cast.foyer.ask(asked, { id: visit.id }, await withoutShift());
    expect(data).toEqual({ visit: { recognition: { matchedBy: [], candidates: [] } } });
  });

  it('is found by name among those who bear it, never recognised by it alone', async () => {
    await cast.knows(cast.club, 'hedy', { firstName: 'Hedwig', lastName: 'Lamarque' });
    const { visit } = await cast.checkIn({ statedName: 'Hedi Lamarque' });
    expect(visit.recognition).toMatchObject({ status: 'CLAIMED', candidates: [{ maskedName: 'He… L…' }] });
    expect(await cast.row(visit.id)).toMatchObject({ recognised_record_id: null });
  });
});

describe('a code that opens nothing', () => {
  it('is unknown, expired or used, and makes no visit', async () => {
    const before = (await cast.board()).present.length;
    expect(await cast.checkIn({ code: 'LOY-0815-unheard' })).toMatchObject({
      __typename: 'CodeUnknown',
      code: 'CODE_UNKNOWN',
    });
    const saved = await cast.saves([account('ida')]);
    cast.foyer.clock.advance(seconds(61));
    expect(await cast.checkIn({ code: saved.pass.url })).toMatchObject({
      __typename: 'PassExpired',
      expiredAt: new Date(saved.pass.expiresAt).toISOString(),
    });
    expect((await cast.board()).present.length).toBe(before);
    const used = await cast.saves([account('ida')]);
    const { visit } = await cast.checkIn({ code: used.pass.url });
    await cast.end(visit.id);
    expect(await cast.checkIn({ code: used.pass.url })).toMatchObject({ __typename: 'PassAlreadyUsed' });
  });

  it('counts as a miss even though nothing else is written, and after ten even a good one waits', async () => {
    cast.foyer.clock.advance(minutes(5));
    const tablet = await cast.retailer.tablet(cast.south.id);
    const token = typeof tablet === 'string' ? tablet : tablet.tablet;
    const at = { store: cast.south, token };
    for (let miss = 0; miss < 10; miss += 1) {
      expect(await cast.checkIn({ code: `LOY-${1000 + miss}-no` }, at)).toMatchObject({ __typename: 'CodeUnknown' });
    }
    const key = v7();
    const saved = await cast.saves([account('jana')]);
    const barred = await cast.checkIn({ code: saved.pass.url, idempotencyKey: key }, at);
    expect(barred).toMatchObject({ __typename: 'TooManyAttempts', retryAfterSeconds: expect.any(Number) });
    cast.foyer.clock.advance(seconds(59));
    cast.foyer.clock.advance(seconds(2));
    const fresh = await cast.saves([account('jana')]);
    expect(await cast.checkIn({ code: fresh.pass.url }, at)).toMatchObject({ __typename: 'CheckedIn' });
    expect((await cast.checkIn({ code: saved.pass.url, idempotencyKey: key }, at)).__typename).not.toBe(
      'TooManyAttempts',
    );
    cast.foyer.clock.advance(minutes(5));
  });
});

describe('an identifier that nobody bears', () => {
  const strangers = (from: number, count: number): { kind: string; value: string }[] =>
    Array.from({ length: count }, (_, n) => ({ kind: 'loyalty', value: `NOBODY-${from + n}` }));

  it('is a miss like an unknown code, each of a call counts, and after ten the door hears of nobody', async () => {
    cast.foyer.clock.advance(minutes(5));
    await cast.knows(cast.club, 'zora', { loyaltyId: 'ZORA-1', firstName: 'Zora' });
    const zora = { kind: 'loyalty', value: 'ZORA-1' };
    const { tablet: token } = await cast.retailer.tablet(cast.south.id);
    const at = { store: cast.south, token };
    expect(await cast.checkIn({ identifiers: [zora, ...strangers(0, 9)] }, at)).toMatchObject({
      visit: { recognition: { status: 'CLAIMED' } },
    });
    const anonymous = await cast.checkIn({}, at);
    const staff = await cast.identify(anonymous.visit.id, { identifier: strangers(9, 1)[0] }, cast.eve.token);
    expect(staff.__typename).toBe('VisitChanged');
    for (const said of [{ identifiers: [zora] }, { code: 'ZORA-1' }]) {
      expect(await cast.checkIn(said, at)).toMatchObject({
        __typename: 'TooManyAttempts',
        retryAfterSeconds: expect.any(Number),
      });
    }
    const next = await cast.checkIn({ calledName: 'grey coat' }, at);
    expect(next.__typename).toBe('CheckedIn');
    expect(await cast.identify(next.visit.id, { identifier: zora }, cast.eve.token)).toMatchObject({
      __typename: 'TooManyAttempts',
    });
    cast.foyer.clock.advance(minutes(2));
    expect(await cast.identify(next.visit.id, { identifier: zora }, cast.eve.token)).toMatchObject({
      __typename: 'VisitChanged',
    });
  });

  it('is refused together with those that were guessed beside it', async () => {
    cast.foyer.clock.advance(minutes(5));
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, n) => cast.checkIn({ identifiers: strangers(100 + 4 * n, 4) })),
    );
    expect(answers.filter(({ __typename }) => __typename === 'CheckedIn')).toHaveLength(2);
    cast.foyer.clock.advance(minutes(5));
  });
});

describe('a repeated key', () => {
  it('is settled before the pass is judged: the lost answer comes again, without a second visit', async () => {
    const saved = await cast.saves([account('kim')]);
    const input = { code: saved.pass.url, idempotencyKey: v7() };
    const first = await cast.checkIn(input);
    cast.foyer.clock.advance(hours(1));
    const again = await cast.checkIn(input);
    expect(again).toMatchObject({ __typename: 'CheckedIn', repeated: false, visit: { id: first.visit.id } });
    expect(await cast.audited(first.visit.id)).toEqual(['visit.checked-in']);
  });

  it('reads the visit anew: it is as it is now, not as it was', async () => {
    const input = { calledName: 'hat', idempotencyKey: v7() };
    const { visit } = await cast.checkIn(input);
    await cast.take(visit.id);
    expect(await cast.checkIn(input)).toMatchObject({ visit: { id: visit.id, state: 'SERVING' } });
  });

  it('hears the same refusal without another miss', async () => {
    const input = { code: 'LOY-7777-nobody', idempotencyKey: v7() };
    const misses = async (): Promise<number> => {
      const [row] = await cast.foyer.database.query<{ misses: number }>(
        `SELECT misses FROM attempt WHERE subject = $1`,
        [`tablet:${cast.north.tabletId}`],
      );
      return row?.misses ?? 0;
    };
    expect(await cast.checkIn(input)).toMatchObject({ __typename: 'CodeUnknown' });
    const counted = await misses();
    expect(await cast.checkIn(input)).toMatchObject({ __typename: 'CodeUnknown' });
    expect(await misses()).toBe(counted);
  });

  it('that was used for something else is refused', async () => {
    const idempotencyKey = v7();
    await cast.checkIn({ idempotencyKey, calledName: 'one' });
    expect(await cast.checkIn({ idempotencyKey, calledName: 'two' })).toMatchObject({
      __typename: 'KeyReusedDifferently',
    });
  });

  it('means something else in another store', async () => {
    const idempotencyKey = v7();
    const here = await cast.checkIn({ idempotencyKey });
    const there = await cast.checkIn({ idempotencyKey }, { store: cast.south });
    expect(there.visit.id).not.toBe(here.visit.id);
  });
});

describe('the same person while she is here', () => {
  it('is the same visit, whichever sign she shows, and it only grows firmer', async () => {
    const address = stranger();
    const saved = await cast.saves([account('lea'), email(address)]);
    const stated = await cast.checkIn({ identifiers: [email(address)] });
    expect(stated.visit.recognition).toMatchObject({ status: 'CLAIMED', strength: 'STATED' });
    const shown = await cast.checkIn({ code: saved.pass.url });
    expect(shown).toMatchObject({ repeated: true, visit: { id: stated.visit.id } });
    expect(shown.visit.recognition).toMatchObject({ status: 'CONFIRMED', strength: 'VERIFIED' });
    const weaker = await cast.checkIn({ identifiers: [email(address)] });
    expect(weaker).toMatchObject({
      repeated: true,
      visit: { recognition: { status: 'CONFIRMED', strength: 'VERIFIED' } },
    });
  });

  it('keeps what she showed when she only says who she is afterwards', async () => {
    const address = stranger();
    await cast.knows(cast.club, 'ines', { email: address, loyaltyId: 'LOY-9001', firstName: 'Ines', lastName: 'Moor' });
    const shown = await cast.checkIn({ code: 'LOY-9001' });
    const said = await cast.checkIn({ statedName: 'Ines Moor', identifiers: [email(address)] });
    expect(said).toMatchObject({
      repeated: true,
      visit: { id: shown.visit.id, recognition: { status: 'CLAIMED', strength: 'PRESENTED' } },
    });
    expect(said.visit.recognition.matchedBy.map((reason) => reason.identifier)).toEqual(
      expect.arrayContaining(['loyalty', 'email']),
    );
  });

  it('is called by the name she gave, and is no other person for saying it twice', async () => {
    const saying = { statedName: 'Zed Unknown', identifiers: [{ kind: 'phone', value: '+4930777001' }] };
    const first = await cast.checkIn(saying);
    expect(first.visit).toMatchObject({ calledName: 'Zed', recognition: { status: 'ANONYMOUS' } });
    const again = await cast.checkIn(saying);
    expect(again).toMatchObject({
      repeated: true,
      visit: { id: first.visit.id, recognition: { status: 'ANONYMOUS', matchedBy: [] } },
    });
  });

  it('stating a number nobody knows on two tablets at the same moment is one visit', async () => {
    const saying = { identifiers: [{ kind: 'phone', value: '+4930777002' }] };
    const answers = await Promise.all(Array.from({ length: 6 }, () => cast.checkIn(saying)));
    expect(new Set(answers.map((answer) => answer.visit.id)).size).toBe(1);
  });

  it('may show the same pass twice', async () => {
    const saved = await cast.saves([account('mia')]);
    const first = await cast.checkIn({ code: saved.pass.url });
    const second = await cast.checkIn({ code: saved.pass.url });
    expect(second).toMatchObject({ __typename: 'CheckedIn', repeated: true, visit: { id: first.visit.id } });
  });

  it('on two tablets at the same moment is one visit', async () => {
    const address = stranger();
    await cast.saves([account('nora'), email(address)]);
    const answers = await Promise.all(Array.from({ length: 6 }, () => cast.checkIn({ identifiers: [email(address)] })));
    expect(new Set(answers.map((answer) => answer.visit.id)).size).toBe(1);
    expect(answers.filter((answer) => !answer.repeated)).toHaveLength(1);
  });

  it('with the same pass on two tablets at the same moment is one visit, and the pass is used once', async () => {
    const saved = await cast.saves([account('olga')]);
    const answers = await Promise.all(Array.from({ length: 6 }, () => cast.checkIn({ code: saved.pass.url })));
    expect(answers.map((answer) => answer.__typename)).toEqual(Array(6).fill('CheckedIn'));
    expect(new Set(answers.map((answer) => answer.visit.id)).size).toBe(1);
    expect(answers.filter((answer) => !answer.repeated)).toHaveLength(1);
  });

  it('with the same key on two tablets at the same moment is one visit', async () => {
    const idempotencyKey = v7();
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => cast.checkIn({ idempotencyKey, calledName: 'x' })),
    );
    expect(new Set(answers.map((answer) => answer.visit.id)).size).toBe(1);
  });
});

describe('one pass in two stores', () => {
  it('is used up, raises the alarm within ten minutes, and the first store is warned', async () => {
    const saved = await cast.saves([account('pia')]);
    const { visit } = await cast.checkIn({ code: saved.pass.url });
    const there = await cast.checkIn({ code: saved.pass.url }, { store: cast.south });
    expect(there).toMatchObject({ __typename: 'PassAlreadyUsed' });
    const warned = await cast.visit(visit.id);
    expect(warned?.warnings).toEqual([
      { text: expect.stringContaining('two stores'), because: [expect.stringContaining('ten minutes')] },
    ]);
    expect(await cast.audited(visit.id)).toContain('pass.alarm');
    expect((await cast.feed()).at(-1)).toMatchObject({ kind: 'CHANGED', visit_id: visit.id });
  });

  it('raises it for a link as well, which opens both', async () => {
    const saved = await cast.saves([email(stranger())]);
    const here = await cast.checkIn({ code: saved.link });
    cast.foyer.clock.advance(minutes(9));
    const there = await cast.checkIn({ code: saved.link }, { store: cast.south });
    expect(there.visit.warnings).toHaveLength(1);
    expect((await cast.visit(here.visit.id))?.warnings).toHaveLength(1);
  });

  it('is a customer on her way after more than that', async () => {
    const saved = await cast.saves([email(stranger())]);
    await cast.checkIn({ code: saved.link });
    cast.foyer.clock.advance(minutes(11));
    const there = await cast.checkIn({ code: saved.link }, { store: cast.south });
    expect(there.visit.warnings).toEqual([]);
  });
});

describe('a tablet without a connection', () => {
  it('brings its scans later: good at the time, believed no more than a card', async () => {
    const saved = await cast.saves([account('quin')]);
    const occurredAt = cast.foyer.clock.now().toISOString();
    cast.foyer.clock.advance(hours(2));
    const { visit } = await cast.checkIn({ code: saved.pass.url, occurredAt });
    expect(visit.recognition).toMatchObject({ status: 'CLAIMED', strength: 'PRESENTED' });
    expect(visit.arrivedAt).toBe(occurredAt);
  });

  it('tells of a visit that was over by then as one that nobody closed', async () => {
    const occurredAt = cast.foyer.clock.now().toISOString();
    cast.foyer.clock.advance(days(1));
    const { visit } = await cast.checkIn({ calledName: 'yesterday', occurredAt });
    expect(visit).toMatchObject({ state: 'COMPLETED', arrivedAt: occurredAt });
    expect(await cast.row(visit.id)).toMatchObject({ outcome: 'NOT_CLOSED' });
  });

  it('is not believed about last week', async () => {
    const occurredAt = new Date(cast.foyer.clock.now().getTime() - hours(73)).toISOString();
    await expect(cast.checkIn({ occurredAt })).rejects.toThrow('BAD_USER_INPUT');
  });
});

describe('the board', () => {
  it('lists who is here, the longest wait first, and gives the cursor of that very moment', async () => {
    const store = await cast.retailer.store('board');
    const empty = await cast.board(store);
    expect(empty).toMatchObject({ present: [], expected: [] });
    const first = await cast.checkIn({ calledName: 'first' }, { store });
    cast.foyer.clock.advance(minutes(1));
    const second = await cast.checkIn({ calledName: 'second' }, { store });
    const full = await cast.board(store);
    expect(full.present.map((visit) => visit.id)).toEqual([first.visit.id, second.visit.id]);
    expect(full.cursor).not.toBe(empty.cursor);
    const arrived = (await cast.feed(store)).filter(({ kind }) => kind === 'ARRIVED');
    expect(arrived.map(({ visit_id }) => visit_id)).toEqual([first.visit.id, second.visit.id]);
  });

  it('is not for another store', async () => {
    const ask = (token: string): ReturnType<typeof cast.foyer.ask> =>
      cast.foyer.ask('query ($id: ID!) { board(storeId: $id) { cursor } }', { id: cast.north.id }, token);
    expect((await ask(cast.south.tablet)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await ask(cast.shop.server)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('of another store lets nobody in', async () => {
    await expect(cast.checkIn({}, { store: cast.north, token: cast.south.tablet })).rejects.toThrow('FORBIDDEN');
  });

  it('keeps an order without gaps when many arrive at once', async () => {
    const store = await cast.retailer.store('rush');
    await Promise.all(Array.from({ length: 20 }, (_, n) => cast.checkIn({ calledName: `n${n}` }, { store })));
    const feed = await cast.feed(store);
    expect(feed.map((entry) => Number(entry.seq))).toEqual(feed.map((_, n) => n + 1));
    expect(feed.filter((entry) => entry.kind === 'ARRIVED')).toHaveLength(20);
    expect((await cast.board(store)).present).toHaveLength(20);
  });
});

describe('what a tablet sends', () => {
  it.each([
    [{ partySize: 0 }, 'partySize'],
    [{ partySize: 51 }, 'partySize'],
    [{ calledName: 'x'.repeat(81) }, 'calledName'],
    [{ statedName: 'a\u0000b' }, 'statedName'],
    [{ idempotencyKey: '' }, 'idempotencyKey'],
  ])('is refused when it cannot be meant: %j', async (input, field) => {
    await expect(cast.checkIn(input)).rejects.toThrow(new RegExp(`BAD_USER_INPUT.*${field}|${field}.*BAD_USER_INPUT`));
  });
});
