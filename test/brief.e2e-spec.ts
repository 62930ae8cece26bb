import { after, days, seconds } from '../src/shared/clock.js';
import { eventually, noon, openFoyer, type Foyer } from './support/foyer.js';
import { Retailer, type TestSource, type TestStaff, type TestStore } from './support/retailer.js';
import { ShopFloor, type ServedContext } from './support/shop-floor.js';

let foyer: Foyer;
let floor: ShopFloor;
let berlin: TestStore;
let munich: TestStore;
let shop: TestSource;
let service: TestSource;
let finance: TestSource;
let mia: TestStaff;
let sven: TestStaff;

beforeAll(async () => {
  foyer = await openFoyer();
  const retailer = new Retailer(foyer.database);
  floor = new ShopFloor(foyer);
  berlin = await retailer.store('berlin');
  munich = await retailer.store('munich');
  shop = await retailer.source('Web shop', 'web-shop', { department: 'online' });
  service = await retailer.source('Workshop', 'service', { trusted: true });
  finance = await retailer.source('Ledger', 'finance', { trusted: true });
  mia = await retailer.staff('Mia', 'ASSOCIATE', [berlin]);
  sven = await retailer.staff('Sven', 'SERVICE', [berlin]);
});
afterAll(() => foyer.close());
beforeEach(() => foyer.clock.set(noon));

const eur = (amountMinor: number): { amountMinor: number; currency: string } => ({ amountMinor, currency: 'EUR' });
const option = (code: string, label: string): object => ({ group: 'extras', code, label, price: eur(90_000) });
const green = option('green', 'forest green');
const towBar = option('tow-bar', 'the tow bar');
const glassRoof = option('roof', 'the glass roof');

interface Saved {
  readonly pass: { readonly url: string };
  readonly link: string;
  readonly configuration: { readonly id: string; readonly code: string };
}

/** She saves an estate while signed in to the web shop. */
async function savesOnline(userId: string, overrides: object = {}): Promise<Saved> {
  const { data, errors } = await foyer.ask<{ saveConfiguration: Saved }>(
    `mutation ($input: SaveConfigurationInput!) {
       saveConfiguration(input: $input) { ... on SavedConfiguration { pass { url } link configuration { id code } } }
     }`,
    {
      input: {
        idempotencyKey: `${userId}-${JSON.stringify(overrides)}`,
        sessionId: `session-${userId}`,
        identifiers: [{ kind: 'account', value: userId }],
        model: 'estate',
        modelLabel: 'Estate',
        options: [green, towBar],
        abandoned: [glassRoof],
        total: eur(4_000_000),
        ...overrides,
      },
    },
    shop.server,
  );
  expect(errors).toBeUndefined();
  await floor.settled();
  return data.saveConfiguration;
}

const person = (userId: string, firstName: string, traits: object = {}): object => ({
  type: 'identify',
  userId,
  traits: { firstName, lastName: 'Berg', email: `${userId}@example.com`, ...traits },
});

const texts = (context: ServedContext): string[] => context.headline.map(({ text }) => text.replaceAll('\u00a0', ' '));
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ');

async function change(mutation: string, visitId: string, token = mia.token): Promise<void> {
  const { errors } = await foyer.ask(
    `mutation ($id: ID!) { ${mutation} { __typename ... on VisitChanged { visit { id } } ... on Refusal { code } } }`,
    { id: visitId },
    token,
  );
  expect(errors).toBeUndefined();
}

describe('a customer whom the shop has signed in', () => {
  it('is known by name at once, with all that every channel knows, each value with its source', async () => {
    const loyalty = await new Retailer(foyer.database).source('Club', 'loyalty', { trusted: true });
    await floor.tells(loyalty, {
      type: 'identify',
      userId: 'club-ada',
      traits: {
        email: 'ada@example.com',
        loyaltyId: 'L-1001',
        loyaltyTier: 'Gold',
        homeStore: 'munich',
        ownAssociate: 'mia',
      },
    });
    await floor.tells(
      shop,
      person('ada', 'Ada', { language: 'de' }),
      { type: 'page', userId: 'ada', name: 'Home' },
      {
        type: 'track',
        event: 'Order Completed',
        userId: 'ada',
        properties: { order_id: '1', total: 399, currency: 'EUR', products: [{ name: 'Roof box', price: 399 }] },
      },
    );
    await floor.tells(service, {
      type: 'track',
      event: 'Product Registered',
      userId: 'w-ada',
      properties: { vin: 'VIN-1', name: 'City EV', since: '2021-05-01T00:00:00Z' },
      context: { traits: { email: 'ada@example.com' } },
    });
    const { pass, configuration } = await savesOnline('ada');

    const first = await floor.checkIn(berlin, { code: pass.url });

    expect(first.recognition).toMatchObject({ status: 'CONFIRMED', strength: 'VERIFIED' });
    expect(first.context?.customer?.displayName).toBe('Ada Berg');
    expect(first.context?.configurations[0]?.id).toBe(configuration.id);
    const context = await floor.briefed(first.id, berlin.tablet);
    // The same one where the facts were ready before she was at the door.
    expect(context.version).toBeGreaterThanOrEqual(first.context?.version ?? Number.NaN);
    expect(context.customer).toMatchObject({
      loyaltyId: 'L-1001',
      loyaltyTier: 'Gold',
      language: 'de',
      homeStore: { code: 'munich' },
      ownAssociate: { displayName: 'Mia' },
    });
    expect(context.customer?.sources).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ field: 'displayName', source: 'Web shop', department: 'online' }),
        expect.objectContaining({ field: 'loyaltyTier', source: 'Club' }),
      ]),
    );
    expect(context.purchases).toEqual([
      expect.objectContaining({ label: 'Roof box', total: eur(39_900), channel: 'web' }),
    ]);
    expect(context.ownedProducts).toEqual([expect.objectContaining({ label: 'City EV' })]);
    expect(context.interests).toEqual([
      {
        ...{ model: 'estate', label: 'Estate', warmth: 'HOT', configurations: 1, lastTouchedAt: noon.toISOString() },
        ...{ low: eur(4_000_000), high: eur(4_000_000) },
      },
    ]);
    expect(context.activity.map(({ summary }) => summary)).toEqual(
      expect.arrayContaining(['Configured and saved the Estate', 'Ordered: Roof box', 'Visited our pages']),
    );
    expect(context.headline.length).toBeLessThanOrEqual(3);
    expect(texts(context)).toContain('You bought Roof box in March 2026; are you happy with it?');
    for (const { because } of context.headline) expect(because).not.toHaveLength(0);
  });

  it('is briefed in the language of the reader, times and money included', async () => {
    await floor.tells(shop, person('gerda', 'Gerda'));
    const { pass } = await savesOnline('gerda');
    const { id } = await floor.checkIn(berlin, { code: pass.url });
    const visit = await floor.visit(id, berlin.tablet, { 'accept-language': 'de-AT' });
    expect(visit?.context?.headline.map(({ text }) => text)).toContain(
      'Sie haben den Estate mit forest green und the tow bar zusammengestellt; möchten Sie ihn hier ansehen?',
    );
  });

  it('is shown what she built, and nothing of a model that she only opened', async () => {
    await floor.tells(shop, person('opal', 'Opal'));
    const { pass, configuration } = await savesOnline('opal');
    foyer.clock.advance(seconds(5));
    const properties = { configuration_id: 'opened', model: 'coupe', model_label: 'Coupé' };
    await floor.tells(shop, { type: 'track', userId: 'opal', event: 'Configuration Started', properties });
    const { id } = await floor.checkIn(berlin, { code: pass.url });
    const context = await floor.briefed(id, berlin.tablet);
    expect(context.configurations).toMatchObject([{ id: configuration.id }]);
    expect(texts(context)[0]).toBe(
      'You had thought about the glass roof for the Estate; would you like to see it here before you decide?',
    );
    expect(context.interests).toMatchObject([{ label: 'Estate' }]);
  });

  it('hears of a lower price and what changed since her last visit on an earlier day', async () => {
    await floor.tells(shop, person('lea', 'Lea'));
    const before = await savesOnline('lea');
    const { id } = await floor.checkIn(berlin, { code: before.pass.url });
    await foyer.ask(
      `mutation ($input: EndVisitInput!) { endVisit(input: $input) { __typename } }`,
      { input: { visitId: id, idempotencyKey: 'end-lea', outcome: 'INFORMED' } },
      mia.token,
    );
    foyer.clock.advance(days(3));
    const { pass } = await savesOnline('lea', { total: eur(3_960_000) });

    const again = await floor.checkIn(berlin, { code: pass.url });
    const context = await floor.briefed(again.id, berlin.tablet);

    expect(context.configurations[0]?.changeSinceLastVisit).toEqual({
      added: [],
      removed: [],
      totalBefore: eur(4_000_000),
      totalAfter: eur(3_960_000),
    });
    expect(texts(context)[0]).toBe(
      'You built the Estate with forest green and the tow bar; the price has come down by €400 since.',
    );
    expect(plain(context.headline[0]?.because[0] ?? '')).toBe(
      'It was €40,000 at the visit on March 10, 2026 and is €39,600 now.',
    );
  });
});

describe('what a claim shows', () => {
  it('is the first name and the presented configuration; the rest after the greeting', async () => {
    await floor.tells(shop, person('cleo', 'Cleo', { language: 'fr' }), {
      type: 'track',
      event: 'Order Completed',
      userId: 'cleo',
      properties: { order_id: 'c1', total: 10, currency: 'EUR' },
    });
    await savesOnline('cleo', { sessionId: 'cleo-other', model: 'city', modelLabel: 'City' });
    const { link, configuration } = await savesOnline('cleo');

    const claimed = await floor.checkIn(berlin, { code: link });

    expect(claimed.recognition).toMatchObject({ status: 'CLAIMED', strength: 'PRESENTED' });
    expect(claimed.context?.customer).toMatchObject({
      displayName: 'Cleo',
      language: null,
      since: null,
      homeStore: null,
    });
    expect(claimed.context?.configurations.map(({ id }) => id)).toEqual([configuration.id]);
    expect(claimed.context).toMatchObject({ activity: [], purchases: [], ownedProducts: [], headline: [] });
    expect(claimed.context?.withheld).toContainEqual({
      field: 'purchases',
      reason: 'Shown once you have greeted the visitor by name and confirmed it.',
    });

    await change('confirmIdentity(visitId: $id)', claimed.id);
    const context = await floor.briefed(claimed.id, berlin.tablet);
    expect(context.customer).toMatchObject({ displayName: 'Cleo Berg', language: 'fr' });
    expect(context.purchases).toHaveLength(1);
    expect(context.configurations).toHaveLength(2);
    expect(context.withheld).toEqual([]);
  });

  it('is nobody for a visitor without a sign, and the configuration for one who gives its code', async () => {
    await floor.tells(shop, person('dora', 'Dora'));
    const { configuration } = await savesOnline('dora');
    const anonymous = await floor.checkIn(berlin, { calledName: 'grey coat' });
    const withCode = await floor.checkIn(berlin, { code: configuration.code });
    expect(anonymous.context).toMatchObject({ customer: null, configurations: [], headline: [], activity: [] });
    expect(anonymous.context?.freshness).toEqual([]);
    expect(withCode.context).toMatchObject({
      customer: null,
      activity: [],
      configurations: [{ id: configuration.id }],
    });
  });
});

describe('who may read it', () => {
  it('nobody once the visit is over, disputed, or in another store', async () => {
    await floor.tells(shop, person('ida', 'Ida'));
    const { id } = await floor.checkIn(berlin, { code: (await savesOnline('ida')).pass.url });
    expect(await floor.visit(id, munich.tablet)).toBeNull();
    await change('disputeIdentity(visitId: $id)', id);
    expect(await floor.visit(id, berlin.tablet)).toMatchObject({ recognition: { status: 'DISPUTED' }, context: null });

    await floor.tells(shop, person('jana', 'Jana'));
    const { id: second } = await floor.checkIn(berlin, { code: (await savesOnline('jana')).pass.url });
    expect((await floor.visit(second, mia.token))?.context).not.toBeNull();
    foyer.clock.advance(days(1));
    expect(await floor.visit(second, berlin.tablet)).toMatchObject({ state: 'COMPLETED', context: null });
  });

  it('every reading is written down: who, at which tablet, whom, when, which fields', async () => {
    await floor.tells(shop, person('kim', 'Kim'));
    const { id, context } = await floor.checkIn(berlin, { code: (await savesOnline('kim')).pass.url });
    await floor.visit(id, mia.token);
    const few = `query ($id: ID!) { visit(id: $id) { context { version ...Said } } }
      fragment Said on VisitorContext { said: headline { text } }`;
    for (const query of [few, 'query ($id: ID!) { visit(id: $id) { context { version } } }']) {
      foyer.clock.advance(1);
      expect((await foyer.ask(query, { id }, mia.token)).errors).toBeUndefined();
    }
    const rows = await eventually('all readings are in the audit trail', async () => {
      const found = await foyer.database.query<{
        actor_id: string;
        tablet_id: string | null;
        customer_id: string;
        fields: string[];
      }>(
        `SELECT actor_id, tablet_id, customer_id, fields FROM audit WHERE visit_id = $1 AND action = 'visit.context.read' ORDER BY at, id`,
        [id],
      );
      return found.length >= 4 && found;
    });
    expect(rows[0]).toMatchObject({ tablet_id: berlin.tabletId, customer_id: context?.customer?.id });
    expect(rows[1]).toMatchObject({ actor_id: mia.id });
    expect(rows[0]?.fields).toEqual(expect.arrayContaining(['customer', 'purchases']));
    expect(rows.slice(2).map(({ fields }) => fields)).toEqual([['headline'], []]);
  });
});

describe('what must not be said', () => {
  it('is the content of service and finance: an associate reads that a matter is open, and whom to ask', async () => {
    await floor.tells(shop, person('nora', 'Nora'));
    const by = { context: { traits: { email: 'nora@example.com' } } };
    await floor.tells(service, {
      type: 'track',
      event: 'Service Case Opened',
      userId: 's-nora',
      ...by,
      properties: { case_id: '77', summary: 'Brake noise at low speed' },
    });
    await floor.tells(finance, {
      type: 'track',
      event: 'Invoice Overdue',
      userId: 'f-nora',
      ...by,
      properties: { invoice_id: 'INV-9', summary: 'Second reminder' },
    });
    const { id } = await floor.checkIn(berlin, { code: (await savesOnline('nora')).pass.url });
    const context = await floor.briefed(id, mia.token);

    expect(JSON.stringify(context)).not.toMatch(/brake|reminder|INV-9/i);
    expect(context.withheld).toEqual(
      expect.arrayContaining([
        { field: 'openMatter', reason: 'There is an open matter; please ask our finance department.' },
        { field: 'openMatter', reason: 'There is an open matter; please ask our service department.' },
      ]),
    );
    expect(texts(context)).toContain(
      'I see something is still open with our service department; shall I ask them for you?',
    );
    expect(context.activity.every(({ department }) => department !== 'service' && department !== 'finance')).toBe(true);
    const forService = await floor.briefed(id, sven.token);
    expect(forService.activity.some(({ department }) => department === 'service')).toBe(true);
    expect(forService.activity.some(({ department }) => department === 'finance')).toBe(false);
  });

  it('is their content by whatever name they call themselves, and whatever their messages say', async () => {
    const retailer = new Retailer(foyer.database);
    const ledger = await retailer.source('Debtors', 'finance', { department: 'back-office', trusted: true });
    const workshop = await retailer.source('Garage', 'service', { department: 'team-3', trusted: true });
    const crm = await retailer.source('Customer file', 'crm', { department: 'sales', trusted: true });
    const fritz = await retailer.staff('Fritz', 'FINANCE', [berlin]);
    const by = { context: { traits: { email: 'petra@example.com' } } };
    const track = (event: string, userId: string, properties: object): object => ({
      ...by,
      ...{ type: 'track', event, userId, properties },
    });
    await floor.tells(shop, person('petra', 'Petra'));
    await floor.tells(
      ledger,
      track('Contact Made', 'f-petra', { department: 'customer relations', topic: 'Second reminder' }),
      track('Invoice Overdue', 'f-petra', { invoice_id: 'INV-7', department: 'sales' }),
      track('Order Completed', 'f-petra', {
        order_id: 'F1',
        products: [{ name: 'Leasing of an estate', durable: true, detail: 'Two rates late' }],
      }),
    );
    await floor.tells(
      workshop,
      track('Contact Made', 's-petra', { department: 'sales', topic: 'Brake noise' }),
      track('Product Registered', 's-petra', { vin: 'VIN-7', name: 'City EV', detail: 'Gearbox replaced twice' }),
    );
    await floor.tells(
      crm,
      track('Contact Made', 'c-petra', { department: 'Accounts receivable', topic: 'Collection agency' }),
      track('Contact Made', 'c-petra', { department: 'Showroom', topic: 'Colours of the estate' }),
      track('Invoice Overdue', 'c-petra', { invoice_id: 'INV-8' }),
    );
    const { id } = await floor.checkIn(berlin, { code: (await savesOnline('petra')).pass.url });

    const context = await floor.briefed(id, mia.token);
    expect(JSON.stringify(context)).not.toMatch(/reminder|leasing|rates late|brake|gearbox|agency/i);
    expect(context.activity.map(({ summary }) => summary)).toContain('In touch by post: Colours of the estate');
    expect(context.ownedProducts).toEqual([expect.objectContaining({ label: 'City EV', detail: null })]);
    expect(texts(context).join()).not.toMatch(/open with/);
    expect(context.withheld).toContainEqual({
      field: 'openMatter',
      reason: 'There is an open matter; please ask our finance department.',
    });

    const forFinance = await floor.briefed(id, fritz.token);
    expect(forFinance.activity.map(({ summary }) => summary).join()).toMatch(/Second reminder/);
    expect(forFinance.ownedProducts.map(({ detail }) => detail)).toContain('Two rates late');
    expect(JSON.stringify(forFinance)).not.toMatch(/brake|gearbox/i);
    const forService = await floor.briefed(id, sven.token);
    expect(forService.ownedProducts).toEqual([expect.objectContaining({ detail: 'Gearbox replaced twice' })]);
    expect(JSON.stringify(forService)).not.toMatch(/reminder|leasing/i);
  });

  it('is anything to sell while she complains, in the store or with a department', async () => {
    await floor.tells(shop, person('olga', 'Olga'));
    const { id } = await floor.checkIn(berlin, { code: (await savesOnline('olga')).pass.url });
    expect(texts(await floor.briefed(id, mia.token)).join()).toContain('You built the Estate');
    await change('setPurpose(visitId: $id, purpose: COMPLAINT)', id);
    const complaining = await floor.briefed(id, mia.token);
    expect(texts(complaining).join()).not.toMatch(/Estate/);
    expect(complaining.withheld.map(({ field }) => field)).toContain('headline');

    await floor.tells(shop, person('oona', 'Oona'), {
      type: 'track',
      event: 'Order Completed',
      userId: 'oona',
      properties: { order_id: '77', total: 399, currency: 'EUR', products: [{ name: 'Roof box', price: 399 }] },
    });
    const oona = await floor.checkIn(berlin, { code: (await savesOnline('oona')).pass.url, purpose: 'COMPLAINT' });
    expect(texts(await floor.briefed(oona.id, mia.token))).toEqual([]);

    await floor.tells(shop, person('paula', 'Paula'));
    await floor.tells(service, {
      type: 'track',
      event: 'Complaint Opened',
      userId: 's-paula',
      properties: { complaint_id: '5', summary: 'Late again' },
      context: { traits: { email: 'paula@example.com' } },
    });
    const paula = await floor.checkIn(berlin, { code: (await savesOnline('paula')).pass.url });
    const context = await floor.briefed(paula.id, mia.token);
    expect(texts(context).join()).not.toMatch(/Estate/);
    expect(texts(context)[0]).toContain('still open with our service department');
  });

  it('is what she did online and what follows from it, when she does not want that used', async () => {
    await floor.tells(
      shop,
      person('quinn', 'Quinn'),
      { type: 'page', userId: 'quinn', name: 'Prices' },
      {
        type: 'track',
        event: 'Consent Updated',
        userId: 'quinn',
        properties: { purpose: 'personalisation', granted: false },
      },
    );
    const { pass, configuration } = await savesOnline('quinn');
    const { id } = await floor.checkIn(berlin, { code: pass.url });
    const context = await floor.briefed(id, mia.token);
    expect(context.configurations[0]?.id).toBe(configuration.id);
    expect(context.activity.filter(({ channel }) => channel === 'web')).toEqual([]);
    expect(context.headline).toEqual([]);
    expect(context.withheld).toEqual(
      expect.arrayContaining([
        { field: 'activity', reason: 'The customer does not want this to be used (personalisation).' },
        { field: 'headline', reason: 'The customer does not want this to be used (personalisation).' },
      ]),
    );
  });
});

it('is told at once what is up to date, without the visit she is in, and no tablet is woken for nothing', async () => {
  await floor.tells(shop, person('tara', 'Tara'));
  const { pass } = await savesOnline('tara');
  foyer.clock.set(after(noon, 2_000));
  const first = await floor.checkIn(berlin, { code: pass.url });
  expect(first.context?.freshness.map(({ state }) => state)).toEqual(first.context?.freshness.map(() => 'READY'));
  const nobody = await floor.checkIn(berlin, {});
  const context = await floor.briefed(first.id, mia.token);
  await floor.settled();
  expect(context.activity.map(({ summary }) => summary).join()).not.toMatch(/Visited us/);
  const told = await foyer.database.query<{ kind: string }>(
    'SELECT kind FROM feed_entry WHERE visit_id = ANY($1) ORDER BY seq',
    [[first.id, nobody.id]],
  );
  expect(told.map(({ kind }) => kind)).toEqual(['ARRIVED', 'ARRIVED']);
});

it('mentions the appointment on its day, even before the greeting', async () => {
  await floor.tells(shop, person('rosa', 'Rosa'), {
    type: 'track',
    event: 'Appointment Booked',
    userId: 'rosa',
    properties: { at: after(noon, 3_600_000).toISOString() },
  });
  const { link } = await savesOnline('rosa');
  const { context } = await floor.checkIn(berlin, { code: link });
  expect(plain(context?.headline[0]?.text ?? '')).toBe('You have an appointment with us at 1:00 PM; good to see you.');
});

it('serves the context of everybody on the board', async () => {
  const { data, errors } = await foyer.ask<{
    board: { present: { id: string; context: { version: number } | null }[] };
  }>('query ($id: ID!) { board(storeId: $id) { present { id context { version } } } }', { id: berlin.id }, mia.token);
  expect(errors).toBeUndefined();
  expect(data.board.present.length).toBeGreaterThan(5);
  const withContext = data.board.present.filter(({ context }) => context !== null);
  expect(withContext.length).toBeGreaterThan(5);
});
