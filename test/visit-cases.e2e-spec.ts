import { v7 } from 'uuid';
import { days, hours, minutes } from '../src/shared/clock.js';
import { Cast, type DoorAnswer, type SeenVisit } from './support/cast.js';
import { ask } from './support/foyer.js';

let cast: Cast;

beforeAll(async () => {
  cast = await Cast.gather();
});
afterAll(() => cast.foyer.close());
beforeEach(() => cast.foyer.clock.advance(minutes(2)));

const email = (value: string): { kind: string; value: string } => ({ kind: 'email', value });
const account = (value: string): { kind: string; value: string } => ({ kind: 'account', value });
let born = 0;
/** Somebody nobody has met yet. */
const stranger = (): string => `caller-${(born += 1)}@example.org`;

async function waiting(input: Record<string, unknown> = {}): Promise<SeenVisit> {
  return (await cast.checkIn(input)).visit;
}

/** The customers of a visit's own record and of the record it is recognised by. */
async function customersOf(visitId: string): Promise<{ own: string | undefined; recognised: string | undefined }> {
  const row = await cast.row(visitId);
  const of = (id: string | null | undefined): Promise<string | undefined> =>
    id ? cast.customerOf(id) : Promise.resolve(undefined);
  return { own: await of(row['record_id']), recognised: await of(row['recognised_record_id']) };
}

describe('taking a visit', () => {
  it('is for staff: a bare tablet is told to sign somebody in', async () => {
    const visit = await waiting();
    await expect(cast.take(visit.id, cast.north.tablet)).rejects.toThrow(/open a shift first.*FORBIDDEN/);
  });

  it('is won by one of two who tap at once; the other reads who was first', async () => {
    const visit = await waiting();
    const answers = await Promise.all([cast.take(visit.id, cast.bob.token), cast.take(visit.id, cast.eve.token)]);
    const [won] = answers.filter((answer) => answer.__typename === 'VisitChanged');
    const [lost] = answers.filter((answer) => answer.__typename === 'NotPossibleNow');
    expect(won?.visit).toMatchObject({ state: 'SERVING', takenAt: cast.foyer.clock.now().toISOString() });
    expect(lost).toMatchObject({ state: 'SERVING', takenBy: won?.visit.associate });
    expect(lost?.message).toContain(won?.visit.associate?.displayName);
    expect(await cast.audited(visit.id)).toEqual(['visit.checked-in', 'visit.taken']);
  });

  it('again by the same associate changes nothing', async () => {
    const visit = await waiting();
    await cast.take(visit.id);
    const taken = await cast.audited(visit.id);
    expect(await cast.take(visit.id)).toMatchObject({ __typename: 'VisitChanged', visit: { state: 'SERVING' } });
    expect(await cast.audited(visit.id)).toEqual(taken);
  });

  it.each([v7(), 'no-id', ''])('of a visit that is not there (%p) is answered, not failed', async (id) => {
    expect(await cast.take(id)).toMatchObject({ __typename: 'VisitNotFound' });
  });

  it('of another store is as if it were not there', async () => {
    const { visit } = await cast.checkIn({}, { store: cast.south });
    expect(await cast.take(visit.id, cast.bob.token)).toMatchObject({ __typename: 'VisitNotFound' });
    expect(await cast.visit(visit.id, cast.north.tablet)).toBeNull();
  });
});

describe('what she came for', () => {
  it('can be said at any time, and a complaint is heard at once', async () => {
    const visit = await waiting({ purpose: 'BROWSE' });
    expect(await cast.setPurpose(visit.id, 'COMPLAINT')).toMatchObject({ visit: { purpose: 'COMPLAINT' } });
    expect((await cast.feed()).filter((entry) => entry.visit_id === visit.id).map((entry) => entry.kind)).toContain(
      'CHANGED',
    );
  });

  it('is heard with her code, too, when she is here already; a number and a name correct what was said before', async () => {
    const saved = await cast.saves([account('says it at the door')]);
    const code = saved.link;
    const first = await waiting({ code, calledName: 'Grey coat', partySize: 2 });
    const before = (await cast.feed()).length;
    const input = { code, purpose: 'COMPLAINT', calledName: ' Vera ', partySize: 3, idempotencyKey: v7() };
    const again = await cast.checkIn(input);
    const now = { id: first.id, purpose: 'COMPLAINT', calledName: 'Vera', partySize: 3 };
    expect(again).toMatchObject({ __typename: 'CheckedIn', repeated: true, visit: now });
    const told = (await cast.feed()).slice(before);
    expect(told).toContainEqual(expect.objectContaining({ visit_id: first.id, kind: 'CHANGED' }));

    expect(await cast.checkIn({ code: saved.pass.url })).toMatchObject({ repeated: true, visit: now });
    const byPass = await cast.checkIn({ code: saved.pass.url, purpose: 'SERVICE' });
    expect(byPass).toMatchObject({ repeated: true, visit: { ...now, purpose: 'SERVICE' } });
    expect(await cast.checkIn(input)).toMatchObject({ repeated: true, visit: { id: first.id, purpose: 'SERVICE' } });
  });

  it('fills only what nobody has said when a tablet tells of it afterwards', async () => {
    const { link: code } = await cast.saves([account('told afterwards')]);
    const { id } = await waiting({ code, purpose: 'COMPLAINT' });
    const occurredAt = cast.foyer.clock.now().toISOString();
    const late = await cast.checkIn({ code, occurredAt, purpose: 'BUY', calledName: 'Vera', partySize: 2 });
    expect(late).toMatchObject({
      repeated: true,
      visit: { id, purpose: 'COMPLAINT', calledName: 'Vera', partySize: 2 },
    });
  });
});

describe('many hands on one visit', () => {
  it('each get an answer, one after the other', async () => {
    const visit = await waiting();
    const purposes = ['BROWSE', 'BUY', 'TEST_DRIVE', 'COLLECT', 'SERVICE', 'COMPLAINT'];
    const all = await Promise.all([...purposes, ...purposes].map((purpose) => cast.setPurpose(visit.id, purpose)));
    expect(all.map((answer) => answer.__typename)).toEqual(Array(12).fill('VisitChanged'));
    const greeted = await waiting({ code: (await cast.saves([email(stranger())])).link });
    const taps = await Promise.all([
      cast.confirm(greeted.id),
      cast.dispute(greeted.id),
      cast.take(greeted.id),
      cast.confirm(greeted.id),
      cast.setPurpose(greeted.id, 'BUY'),
    ]);
    for (const answer of taps) expect(['VisitChanged', 'NotPossibleNow']).toContain(answer.__typename);
    const { recognition } = (await cast.visit(greeted.id)) as SeenVisit;
    const { own, recognised } = await customersOf(greeted.id);
    if (recognition.status === 'DISPUTED') expect(recognised).toBeUndefined();
    else expect(own).toBe(recognised);
  });
});

describe('greeting by name', () => {
  it('joins the records only when it is confirmed, and a repeated tap changes nothing', async () => {
    const saved = await cast.saves([email(stranger())], { key: cast.shop.browser });
    const visit = await waiting({ code: saved.pass.url });
    const before = await customersOf(visit.id);
    expect(before.own).not.toBe(before.recognised);
    expect(await cast.confirm(visit.id)).toMatchObject({
      __typename: 'VisitChanged',
      visit: { recognition: { status: 'CONFIRMED', strength: 'PRESENTED' } },
    });
    const after = await customersOf(visit.id);
    expect(after.own).toBe(after.recognised);
    expect(await cast.confirm(visit.id)).toMatchObject({ __typename: 'VisitChanged' });
    expect(await cast.audited(visit.id)).toEqual(['visit.checked-in', 'identity.confirmed']);
  });

  it('makes what she claimed on the site effective: what the club knows of her is hers now', async () => {
    const address = stranger();
    const club = await cast.knows(cast.club, 'rosa', { email: address, firstName: 'Rosa', lastName: 'Park' });
    const saved = await cast.saves([email(address)], { key: cast.shop.browser });
    const visit = await waiting({ code: saved.pass.url });
    expect((await customersOf(visit.id)).recognised).toBeUndefined();
    const rosa = visit.recognition.candidates.find((one) => one.maskedName === 'Ro… P…');
    await cast.confirm(visit.id, rosa?.id);
    const { own, recognised } = await customersOf(visit.id);
    expect([own, recognised]).toEqual([await cast.customerOf(club), await cast.customerOf(club)]);
    const [built] = await cast.foyer.database.query<{ record_id: string }>(
      'SELECT record_id FROM configuration WHERE id = $1',
      [saved.configuration.id],
    );
    expect(await cast.customerOf(built?.record_id ?? '')).toBe(own);
  });

  it('never makes her somebody whose name was not on the screen', async () => {
    const address = stranger();
    const club = await cast.knows(cast.club, 'cy', { email: address, firstName: 'Cyrus', lastName: 'Carter' });
    const saved = await cast.saves([email(address)], { key: cast.shop.browser });
    const visit = await waiting({ code: saved.pass.url });
    expect(visit.recognition.status).toBe('CLAIMED');
    expect(visit.recognition.candidates.map((one) => one.maskedName)).toContain('Cy… C…');
    expect(await cast.confirm(visit.id)).toMatchObject({ __typename: 'NotPossibleNow' });
    const herself = visit.recognition.candidates.find((one) => one.maskedName !== 'Cy… C…');
    expect(await cast.confirm(visit.id, herself?.id)).toMatchObject({
      visit: { recognition: { status: 'CONFIRMED' } },
    });
    const { own, recognised } = await customersOf(visit.id);
    expect(own).toBe(recognised);
    expect(own).not.toBe(await cast.customerOf(club));
  });

  it('goes on with the same visit when the link that may be of several is shown again', async () => {
    const address = stranger();
    await cast.knows(cast.club, 'lev', { email: address, firstName: 'Leviathan', lastName: 'Moss' });
    const saved = await cast.saves([email(address)], { key: cast.shop.browser });
    const first = await cast.checkIn({ code: saved.link });
    expect(first.visit.recognition.candidates).toHaveLength(2);
    expect(await cast.checkIn({ code: saved.link })).toMatchObject({ repeated: true, visit: { id: first.visit.id } });
  });

  it('chooses one of several, and the others leave no trace', async () => {
    await cast.knows(cast.club, 'sam', { phone: '+4930555001', firstName: 'Samuel', lastName: 'Tate' });
    await cast.knows(cast.club, 'tess', { phone: '+4930555001', firstName: 'Tessa', lastName: 'Tate' });
    const visit = await waiting({ identifiers: [{ kind: 'phone', value: '+4930555001' }] });
    expect(await cast.confirm(visit.id)).toMatchObject({ __typename: 'NotPossibleNow', state: 'WAITING' });
    expect(await cast.confirm(visit.id, v7())).toMatchObject({ __typename: 'CandidateUnknown' });
    const tessa = visit.recognition.candidates.find((one) => one.maskedName.startsWith('Te'));
    const other = await waiting({ calledName: 'other' });
    expect(await cast.confirm(other.id, tessa?.id)).toMatchObject({ __typename: 'CandidateUnknown' });
    const confirmed = await cast.confirm(visit.id, tessa?.id);
    expect(confirmed.visit.recognition).toMatchObject({ status: 'CONFIRMED', strength: 'STATED', candidates: [] });
    const left = await cast.foyer.database.query('SELECT masked_name FROM visit_candidate WHERE visit_id = $1', [
      visit.id,
    ]);
    expect(left).toEqual([{ masked_name: 'Te… T…' }]);
    expect(await cast.confirm(visit.id, tessa?.id)).toMatchObject({ __typename: 'VisitChanged' });
  });

  it('has nobody to confirm on an anonymous visit', async () => {
    const visit = await waiting();
    const answer = await cast.confirm(visit.id);
    expect(answer).toMatchObject({ __typename: 'NotPossibleNow', takenBy: null });
    expect(answer.message).toContain('nobody to confirm');
  });
});

describe('the wrong person', () => {
  it('leaves the visit with everything of hers, and what follows is somebody else’s', async () => {
    const address = stranger();
    const club = await cast.knows(cast.club, 'uma', { email: address, firstName: 'Uma', lastName: 'Voss' });
    const saved = await cast.saves([email(address)], { key: cast.shop.browser });
    const visit = await waiting({ code: saved.pass.url });
    const uma = visit.recognition.candidates.find((one) => one.maskedName.endsWith('V…'));
    await cast.confirm(visit.id, uma?.id);
    expect(await cast.dispute(visit.id, cast.bob.token, { customerId: v7() })).toMatchObject({
      __typename: 'VisitChanged',
      visit: { recognition: { status: 'CONFIRMED' } },
    });
    const disputed = await cast.dispute(visit.id);
    expect(disputed.visit.recognition).toEqual({ status: 'DISPUTED', strength: 'NONE', matchedBy: [], candidates: [] });
    expect(await cast.row(visit.id)).toMatchObject({ recognised_record_id: null, configuration_id: null });
    const { own } = await customersOf(visit.id);
    expect(own).not.toBe(await cast.customerOf(club));
    const held = await cast.foyer.database.query(
      'SELECT i.value FROM identifier i JOIN visit v USING (record_id) WHERE v.id = $1',
      [visit.id],
    );
    expect(held).toEqual([]);
    expect(await cast.dispute(visit.id)).toMatchObject({ __typename: 'VisitChanged' });
    expect(await cast.audited(visit.id)).toEqual(['visit.checked-in', 'identity.confirmed', 'identity.disputed']);

    const walter = await cast.knows(cast.club, 'walt', {
      email: stranger(),
      loyaltyId: 'LOY-WALT-1',
      firstName: 'Walter',
    });
    const named = await cast.identify(visit.id, { code: 'LOY-WALT-1' });
    expect(named.visit.recognition).toMatchObject({ status: 'CLAIMED', strength: 'PRESENTED' });
    await cast.confirm(visit.id);
    expect((await customersOf(visit.id)).own).toBe(await cast.customerOf(walter));
    expect(await cast.customerOf(club)).not.toBe(await cast.customerOf(walter));
  });

  it('cannot be disputed where nobody is recognised', async () => {
    const visit = await waiting();
    expect(await cast.dispute(visit.id)).toMatchObject({ __typename: 'NotPossibleNow' });
  });

  it('is a dispute of all when none of several is she', async () => {
    await cast.knows(cast.club, 'xena', { phone: '+4930555002', firstName: 'Xena', lastName: 'York' });
    await cast.knows(cast.club, 'yves', { phone: '+4930555002', firstName: 'Yves', lastName: 'York' });
    const visit = await waiting({ identifiers: [{ kind: 'phone', value: '+4930555002' }] });
    const { visit: after } = await cast.dispute(visit.id, cast.bob.token, { customerId: null });
    expect(after.recognition).toMatchObject({ status: 'DISPUTED', candidates: [] });
  });

  it('is not whom a colleague has confirmed meanwhile, where it was said of several and told later', async () => {
    await cast.knows(cast.club, 'zita', { phone: '+4930555004', firstName: 'Zita', lastName: 'York' });
    await cast.knows(cast.club, 'zoran', { phone: '+4930555004', firstName: 'Zoran', lastName: 'York' });
    const visit = await waiting({ identifiers: [{ kind: 'phone', value: '+4930555004' }] });
    await cast.confirm(visit.id, visit.recognition.candidates[0]?.id);
    const { own } = await customersOf(visit.id);
    const told = await cast.dispute(visit.id, cast.bob.token, { customerId: null });
    expect(told).toMatchObject({ __typename: 'VisitChanged', visit: { recognition: { status: 'CONFIRMED' } } });
    expect(await customersOf(visit.id)).toEqual({ own, recognised: own });
    expect(await cast.audited(visit.id)).not.toContain('identity.disputed');
  });
});

describe('saying later who she is', () => {
  it('by a pass on the same visit: what happened so far belongs to her', async () => {
    const visit = await waiting({ calledName: 'red scarf' });
    const saved = await cast.saves([account('zoe')]);
    const named = await cast.identify(visit.id, { code: saved.pass.url });
    expect(named.visit).toMatchObject({
      id: visit.id,
      calledName: 'red scarf',
      recognition: { status: 'CONFIRMED', strength: 'VERIFIED' },
    });
    const { own, recognised } = await customersOf(visit.id);
    expect(own).toBe(recognised);
    const history = await cast.foyer.database.query(
      `SELECT a.kind FROM activity a JOIN membership m ON m.record_id = a.record_id WHERE m.customer_id = $1 AND a.kind LIKE 'visit.%'`,
      [own],
    );
    expect(history).toEqual([{ kind: 'visit.started' }]);
    expect(await cast.checkIn({ code: saved.pass.url })).toMatchObject({ repeated: true, visit: { id: visit.id } });
  });

  it('by the pass that opened the visit, though it was said by mistake that it is not her', async () => {
    const saved = await cast.saves([account('mistaken')]);
    const visit = await waiting({ code: saved.pass.url });
    const { recognised: her } = await customersOf(visit.id);
    const { configuration_id } = await cast.row(visit.id);
    await cast.dispute(visit.id);
    expect(await cast.checkIn({ code: saved.pass.url })).toMatchObject({
      repeated: true,
      visit: { recognition: { status: 'DISPUTED' } },
    });
    const named = await cast.identify(visit.id, { code: saved.pass.url });
    expect(named.visit.recognition).toMatchObject({
      status: 'CLAIMED',
      strength: 'PRESENTED',
      matchedBy: [{ identifier: 'pass' }],
    });
    expect(await customersOf(visit.id)).toMatchObject({ recognised: her });
    expect(await cast.row(visit.id)).toMatchObject({ configuration_id });
    expect(await cast.identify(visit.id, { code: saved.pass.url })).toMatchObject({
      visit: { recognition: { status: 'CLAIMED' } },
    });
    await cast.confirm(visit.id);
    expect(await customersOf(visit.id)).toEqual({ own: her, recognised: her });
  });

  it('by an address nobody knows makes her known, and the next visit knows her', async () => {
    const address = stranger();
    const visit = await waiting();
    const named = await cast.identify(visit.id, { identifier: email(address), givenName: 'Agnes', familyName: 'Berg' });
    expect(named.visit.recognition).toMatchObject({
      status: 'CLAIMED',
      strength: 'STATED',
      matchedBy: [{ identifier: 'email' }],
    });
    await cast.confirm(visit.id);
    await cast.end(visit.id);
    cast.foyer.clock.advance(minutes(10));
    const again = await cast.checkIn({ identifiers: [email(address)] });
    expect(again).toMatchObject({ repeated: false, visit: { recognition: { status: 'CLAIMED' } } });
    expect((await customersOf(again.visit.id)).recognised).toBe((await customersOf(visit.id)).own);
  });

  it('by a name nobody knows: a new acquaintance, called by the name she gave', async () => {
    const visit = await waiting();
    const named = await cast.identify(visit.id, { givenName: 'Dora', familyName: 'New' });
    expect(named.visit.recognition).toMatchObject({
      status: 'CLAIMED',
      matchedBy: [{ identifier: 'name', explanation: 'A new acquaintance; this is the name she gave.' }],
    });
    const { visit: read } = await cast.ask<{ visit: { context: { customer: { displayName: string } } } }>(
      'query ($id: ID!) { visit(id: $id) { context { customer { displayName } } } }',
      { id: visit.id },
      cast.bob.token,
    );
    expect(read.context.customer.displayName).toBe('Dora');
  });

  it('by somebody who was looked up, whose id tells nothing and works in this store only', async () => {
    await cast.knows(cast.club, 'cora', { email: 'cora@example.org', firstName: 'Cordelia', lastName: 'Dunn' });
    const found = await cast.lookUp({ name: 'Cordelia Dunn' });
    expect(found).toMatchObject([{ maskedName: 'Co… D…', explanation: expect.stringContaining('name') }]);
    const [cora] = found;
    const visit = await waiting();
    const elsewhere = await cast.checkIn({}, { store: cast.south });
    expect(await cast.identify(elsewhere.visit.id, { candidateId: cora?.id }, cast.eve.token)).toMatchObject({
      __typename: 'CandidateUnknown',
    });
    const named = await cast.identify(visit.id, { candidateId: cora?.id });
    expect(named.visit.recognition).toMatchObject({
      status: 'CLAIMED',
      strength: 'STATED',
      matchedBy: [{ identifier: 'name' }],
    });
    cast.foyer.clock.advance(minutes(16));
    const late = await waiting();
    expect(await cast.identify(late.id, { candidateId: cora?.id })).toMatchObject({ __typename: 'CandidateUnknown' });
  });

  it('by one of the candidates of the visit', async () => {
    await cast.knows(cast.club, 'egon', { phone: '+4930555003', firstName: 'Egon', lastName: 'Falk' });
    await cast.knows(cast.club, 'fria', { phone: '+4930555003', firstName: 'Fria', lastName: 'Falk' });
    const visit = await waiting({ identifiers: [{ kind: 'phone', value: '+4930555003' }] });
    const [first] = visit.recognition.candidates;
    const named = await cast.identify(visit.id, { candidateId: first?.id });
    expect(named.visit.recognition).toMatchObject({ status: 'CLAIMED', candidates: [] });
    expect((await cast.row(visit.id))['recognised_record_id']).not.toBeNull();
  });

  it('is refused while somebody else is recognised', async () => {
    await cast.knows(cast.club, 'gus', { loyaltyId: 'LOY-GUS-1', firstName: 'Gus' });
    await cast.knows(cast.club, 'hal', { loyaltyId: 'LOY-HAL-1', firstName: 'Hal' });
    const visit = await waiting({ code: 'LOY-GUS-1' });
    const answer = await cast.identify(visit.id, { code: 'LOY-HAL-1' });
    expect(answer).toMatchObject({ __typename: 'NotPossibleNow', state: 'WAITING' });
    expect(answer.message).toContain('wrong one');
  });

  it('by a code that opens nothing is refused as at the door, and the same key may be repeated', async () => {
    const visit = await waiting();
    const key = { idempotencyKey: v7(), code: 'LOY-NOBODY-9' };
    expect(await cast.identify(visit.id, key)).toMatchObject({ __typename: 'CodeUnknown' });
    expect(await cast.identify(visit.id, key)).toMatchObject({ __typename: 'CodeUnknown' });
    expect(await cast.identify(visit.id, { ...key, code: 'LOY-NOBODY-8' })).toMatchObject({
      __typename: 'KeyReusedDifferently',
    });
    await expect(cast.identify(visit.id, {})).rejects.toThrow('BAD_USER_INPUT');
  });

  it('twice with one key is once', async () => {
    const visit = await waiting();
    const saved = await cast.saves([account('ines')]);
    const input = { idempotencyKey: v7(), code: saved.pass.url };
    const answers = await Promise.all([cast.identify(visit.id, input), cast.identify(visit.id, input)]);
    expect(answers.map((answer) => answer.__typename)).toEqual(['VisitChanged', 'VisitChanged']);
    expect((await cast.audited(visit.id)).filter((action) => action === 'visit.identified')).toHaveLength(1);
  });
});

describe('looking somebody up', () => {
  it('by numbers nobody bears is guessing: ten misses bar it, and the door beside it', async () => {
    await cast.knows(cast.club, 'guessed', { email: 'guessed@example.org' });
    for (let n = 0; n < 10; n += 1) expect(await cast.lookUp({ identifier: email(stranger()) })).toEqual([]);
    const known = { identifier: email('guessed@example.org') };
    await expect(cast.lookUp(known)).rejects.toThrow('TOO_MANY_ATTEMPTS');
    expect(await cast.checkIn({ identifiers: [email(stranger())] }, { token: cast.bob.token })).toMatchObject({
      __typename: 'TooManyAttempts',
    });
    expect(await cast.lookUp({ name: 'Nobody Atall' })).toEqual([]);
    cast.foyer.clock.advance(minutes(1));
    expect(await cast.lookUp(known)).toHaveLength(1);
  });

  it('is masked, written down, and only in one’s own store', async () => {
    await cast.knows(cast.club, 'juno', { email: 'juno@example.org', firstName: 'Juno', lastName: 'Kade' });
    const found = await cast.lookUp({ identifier: email('juno@example.org') });
    expect(found).toMatchObject([{ maskedName: 'Ju… K…' }]);
    expect(JSON.stringify(found)).not.toContain('juno@');
    expect(await cast.lookUp({ name: 'Nobody Atall' })).toEqual([]);
    await expect(cast.lookUp({ name: 'Juno Kade' }, cast.south.tablet)).rejects.toThrow('FORBIDDEN');
    await expect(cast.lookUp({})).rejects.toThrow('BAD_USER_INPUT');
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const rows = await cast.foyer.database.query<{ detail: object }>(
      `SELECT detail FROM audit WHERE action = 'customer.looked-up' AND staff_id = $1 ORDER BY at DESC, id DESC LIMIT 2`,
      [cast.bob.id],
    );
    expect(rows.map((row) => row.detail)).toContainEqual({ by: ['email'], found: 1 });
  });

  it('finds her by a misspelt name with a phone or a birth date, says why, and never shows more', async () => {
    const lara = { firstName: 'Larissa', lastName: 'Wohlgemuth', birthDate: '1982-11-30', phone: '+49 30 5550071' };
    await cast.knows(cast.club, 'lara', lara);
    await cast.knows(cast.club, 'lars', { firstName: 'Ottokar', lastName: 'Wohlgemuth', birthDate: '1951-02-03' });
    const byPhone = await cast.lookUp({
      name: 'Larisa Wolgemuth',
      identifier: { kind: 'phone', value: '030 5550071' },
    });
    expect(byPhone).toMatchObject([{ maskedName: 'La… W…' }]);
    for (const reason of ['The same phone number.', 'The family names differ by a slip.'])
      expect(byPhone[0]?.explanation).toContain(reason);
    const byBirth = await cast.lookUp({ name: 'Wolgemuth Larisa', birthDate: '30.11.1982' });
    expect(byBirth).toMatchObject([{ maskedName: 'La… W…' }]);
    expect(byBirth[0]?.explanation).toContain('The same date of birth.');
    expect(JSON.stringify([byPhone, byBirth])).not.toMatch(/Larissa|Wohlgemuth|1982|5550071/);
    expect(await cast.lookUp({ name: 'Larisa Wolgemuth' })).toEqual([]);
    expect(await cast.lookUp({ name: 'Larisa Wolgemuth', birthDate: '12.3.1955' })).toEqual([]);
    // Whoever is chosen is taken for the visitor until she is greeted by name.
    const visit = await waiting();
    const named = await cast.identify(visit.id, { candidateId: byBirth[0]?.id });
    expect(named.visit.recognition).toMatchObject({ status: 'CLAIMED', matchedBy: [{ identifier: 'alike' }] });
    expect(named.visit.recognition.matchedBy[0]?.explanation).toContain('much like what we know');
  });

  it('ends after thirty within a minute', async () => {
    for (let n = 0; n < 30; n += 1) await cast.lookUp({ name: 'Nobody Atall' }, cast.eve.token);
    await expect(cast.lookUp({ name: 'Nobody Atall' }, cast.eve.token)).rejects.toThrow('TOO_MANY_ATTEMPTS');
    const { errors } = await ask(
      cast.foyer.url,
      'query ($id: ID!) { lookUp(storeId: $id, name: "Nobody Atall") { id } }',
      { id: cast.north.id },
      cast.eve.token,
      { 'accept-language': 'de' },
    );
    expect(errors?.[0]?.message).toMatch(/^Zu oft nachgesehen\. Bitte in \d+ Sekunden noch einmal versuchen\.$/);
    expect(await cast.lookUp({ name: 'Nobody Atall' }, cast.bob.token)).toEqual([]);
    cast.foyer.clock.advance(minutes(1));
    expect(await cast.lookUp({ name: 'Nobody Atall' }, cast.eve.token)).toEqual([]);
  });
});

describe('the farewell', () => {
  it('keeps outcome, note and next step, once however often the key is repeated', async () => {
    const saved = await cast.saves([account('kira')]);
    const visit = await waiting({ code: saved.pass.url });
    await cast.take(visit.id);
    const input = {
      idempotencyKey: v7(),
      outcome: 'SOLD',
      note: ' Wants it in green. ',
      configurationId: saved.configuration.id,
      amount: { amountMinor: 2_950_000, currency: 'EUR' },
      nextStep: 'Call when it arrives',
      nextStepAt: '2026-05-01T10:00:00Z',
    };
    const ended = await cast.end(visit.id, input);
    expect(ended).toMatchObject({
      __typename: 'VisitChanged',
      visit: { state: 'COMPLETED', endedAt: cast.foyer.clock.now().toISOString() },
    });
    expect(await cast.end(visit.id, input)).toMatchObject({ __typename: 'VisitChanged', visit: { id: visit.id } });
    expect(await cast.row(visit.id)).toMatchObject({
      outcome: 'SOLD',
      note: 'Wants it in green.',
      sold_configuration_id: saved.configuration.id,
      amount_minor: '2950000',
      next_step: 'Call when it arrives',
    });
    expect((await cast.feed()).at(-1)).toMatchObject({ kind: 'ENDED', visit_id: visit.id });
    expect((await cast.board()).present.map((one) => one.id)).not.toContain(visit.id);
    expect(await cast.end(visit.id)).toMatchObject({ __typename: 'NotPossibleNow', state: 'COMPLETED' });
    expect(await cast.audited(visit.id)).toEqual(['visit.checked-in', 'visit.taken', 'visit.ended']);
    const seen = await cast.foyer.database.query(
      'SELECT configuration_id, total_minor FROM visit_seen WHERE visit_id = $1',
      [visit.id],
    );
    expect(seen).toEqual([{ configuration_id: saved.configuration.id, total_minor: '3000000' }]);
  });

  it('sells nobody’s configuration', async () => {
    const saved = await cast.saves([account('luis')]);
    const visit = await waiting();
    await expect(cast.end(visit.id, { outcome: 'SOLD', configurationId: saved.configuration.id })).rejects.toThrow(
      'BAD_USER_INPUT',
    );
    await expect(cast.end(visit.id, { outcome: 'SOLD', configurationId: 'x' })).rejects.toThrow('BAD_USER_INPUT');
    expect(await cast.visit(visit.id)).toMatchObject({ state: 'WAITING' });
  });

  it('is the end: nothing can be done afterwards', async () => {
    const visit = await waiting();
    await cast.end(visit.id, { outcome: 'LEFT' });
    const answers: DoorAnswer[] = [
      await cast.take(visit.id),
      await cast.confirm(visit.id),
      await cast.dispute(visit.id),
      await cast.setPurpose(visit.id, 'BUY'),
      await cast.identify(visit.id, { identifier: email(stranger()) }),
    ];
    for (const answer of answers)
      expect(answer).toMatchObject({ __typename: 'NotPossibleNow', state: 'COMPLETED', takenBy: null });
  });
});

describe('a visit that was left open overnight', () => {
  it('reads as over, is closed by whoever meets it, and never as left', async () => {
    const visit = await waiting();
    cast.foyer.clock.advance(days(1));
    expect(await cast.visit(visit.id)).toMatchObject({ state: 'COMPLETED', endedAt: '2026-03-10T19:00:00.000Z' });
    expect((await cast.board()).present.map((one) => one.id)).not.toContain(visit.id);
    expect(await cast.row(visit.id)).toMatchObject({ state: 'WAITING' });
    expect(await cast.take(visit.id)).toMatchObject({ __typename: 'NotPossibleNow', state: 'COMPLETED' });
    expect(await cast.row(visit.id)).toMatchObject({ state: 'COMPLETED', outcome: 'NOT_CLOSED' });
    expect(await cast.audited(visit.id)).toContain('visit.closed-overnight');
  });

  it('is closed by the house, store by store, each by its own clock', async () => {
    const { CloseVisitsJob } = await import('../src/visit/close-visits.job.js');
    const honiara = await cast.retailer.store('honiara', { timeZone: 'Pacific/Guadalcanal' });
    cast.foyer.clock.set(new Date('2026-03-20T12:00:00Z'));
    const here = await waiting();
    const there = await cast.checkIn({}, { store: honiara });
    cast.foyer.clock.set(new Date('2026-03-20T13:30:00Z'));
    await cast.foyer.app.get(CloseVisitsJob, { strict: false }).perform();
    expect(await cast.row(there.visit.id)).toMatchObject({ outcome: 'NOT_CLOSED' });
    expect(await cast.row(here.id)).toMatchObject({ state: 'WAITING' });
    expect((await cast.feed(honiara)).at(-1)).toMatchObject({ kind: 'ENDED' });
  });

  it('is closed beside one that cannot be', async () => {
    const { CloseVisitsJob } = await import('../src/visit/close-visits.job.js');
    const stuck = await waiting();
    cast.foyer.clock.advance(days(1));
    const next = await waiting();
    cast.foyer.clock.advance(days(1));
    await cast.foyer.database.query(
      `ALTER TABLE visit ADD CONSTRAINT stuck CHECK (id <> '${stuck.id}' OR state = 'WAITING')`,
    );
    try {
      const closing = cast.foyer.app.get(CloseVisitsJob, { strict: false }).perform();
      await expect(closing).rejects.toThrow(/^1 of \d+ visits could not be closed\.$/);
      expect(await cast.row(next.id)).toMatchObject({ outcome: 'NOT_CLOSED' });
    } finally {
      await cast.foyer.database.query('ALTER TABLE visit DROP CONSTRAINT stuck');
    }
  });

  it('does not keep her from coming again the next day', async () => {
    const saved = await cast.saves([email(stranger())]);
    const yesterday = await waiting({ code: saved.link });
    cast.foyer.clock.advance(days(1));
    const today = await cast.checkIn({ code: saved.link });
    expect(today).toMatchObject({ repeated: false });
    expect(today.visit.id).not.toBe(yesterday.id);
  });

  it('is corrected by a tablet that was without a connection when she left', async () => {
    const visit = await waiting();
    const leftAt = new Date(new Date(visit.arrivedAt ?? '').getTime() + hours(1)).toISOString();
    cast.foyer.clock.advance(days(1));
    await cast.take(visit.id);
    expect(await cast.end(visit.id, { outcome: 'QUOTED', occurredAt: leftAt })).toMatchObject({
      __typename: 'VisitChanged',
      visit: { endedAt: leftAt },
    });
    expect(await cast.row(visit.id)).toMatchObject({ outcome: 'QUOTED' });
  });
});
