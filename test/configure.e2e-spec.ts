import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Analytics } from '@segment/analytics-node';
import { after, days, hours, minutes, seconds } from '../src/shared/clock.js';
import { newId } from '../src/shared/ids.js';
import { eventually, noon, openFoyer, type Answer, type Foyer } from './support/foyer.js';
import { Retailer, type TestSource, type TestStore } from './support/retailer.js';

let foyer: Foyer;
let shop: TestSource;
let other: TestSource;
let store: TestStore;

beforeAll(async () => {
  foyer = await openFoyer();
  const retailer = new Retailer(foyer.database);
  shop = await retailer.source('web', 'web-shop');
  other = await retailer.source('other-web', 'web-shop');
  store = await retailer.store('berlin');
});
afterAll(async () => foyer.close());

interface Option {
  group: string;
  code: string;
  label: string;
  price: { amountMinor: number; currency: string } | null;
}
interface Configuration {
  id: string;
  code: string;
  model: string;
  modelLabel: string | null;
  options: Option[];
  abandoned: Option[];
  total: { amountMinor: number; currency: string };
  imageUrl: string | null;
  url: string | null;
  revision: number;
  startedAt: string;
  lastEditedAt: string;
  changeSinceLastVisit: null;
}
interface Saved {
  __typename: 'SavedConfiguration';
  configuration: Configuration;
  pass: { url: string; svg: string; expiresAt: string };
  link: string;
}
interface Reused {
  __typename: 'KeyReusedDifferently';
  code: string;
  message: string;
}

const configurationFields = `id code model modelLabel imageUrl url revision startedAt lastEditedAt total { amountMinor currency }
  options { group code label price { amountMinor currency } } abandoned { group code label price { amountMinor currency } }
  changeSinceLastVisit { totalBefore { amountMinor } }`;
const mutation = `mutation ($input: SaveConfigurationInput!) {
  saveConfiguration(input: $input) {
    __typename
    ... on SavedConfiguration { configuration { ${configurationFields} } pass { url svg expiresAt } link }
    ... on KeyReusedDifferently { code message }
  }
}`;

const eur = (amountMinor: number): { amountMinor: number; currency: string } => ({ amountMinor, currency: 'EUR' });
const green: Option = { group: 'paint', code: 'green', label: 'Forest green', price: eur(60_000) };
const towBar: Option = { group: 'extras', code: 'tow-bar', label: 'Tow bar', price: eur(90_000) };
const roof: Option = { group: 'extras', code: 'roof', label: 'Glass roof', price: null };

let keys = 0;
const estate = (overrides: Record<string, unknown> = {}): Record<string, unknown> => ({
  idempotencyKey: `key-${(keys += 1)}`,
  sessionId: `session-${keys}`,
  identifiers: [],
  model: 'estate',
  modelLabel: 'Estate 2.0',
  options: [green, towBar],
  total: eur(4_050_000),
  ...overrides,
});

const save = (
  input: Record<string, unknown>,
  token = shop.server,
): Promise<Answer<{ saveConfiguration: Saved | Reused }>> => foyer.ask(mutation, { input }, token);

async function saved(input: Record<string, unknown>, token = shop.server): Promise<Saved> {
  const { data, errors } = await save(input, token);
  expect(errors).toBeUndefined();
  expect(data.saveConfiguration.__typename).toBe('SavedConfiguration');
  return data.saveConfiguration as Saved;
}

async function byCode(code: string, token = store.tablet): Promise<Configuration | null> {
  const { data, errors } = await foyer.ask<{ configuration: Configuration | null }>(
    `query ($code: String!) { configuration(code: $code) { ${configurationFields} } }`,
    { code },
    token,
  );
  expect(errors).toBeUndefined();
  return data.configuration;
}

const rows = <Row extends object>(sql: string, ...parameters: unknown[]): Promise<Row[]> =>
  foyer.database.query<Row>(sql, parameters);
const recordOf = async (configurationId: string): Promise<string> => {
  const [row] = await rows<{ record_id: string }>('SELECT record_id FROM configuration WHERE id = $1', configurationId);
  return row?.record_id ?? '';
};
const customerOf = async (recordId: string): Promise<string> => {
  const [row] = await rows<{ id: string }>('SELECT customer_id AS id FROM membership WHERE record_id = $1', recordId);
  return row?.id ?? '';
};
const inPeople = (...identifiers: [string, string][]): Record<string, unknown> => ({
  identifiers: identifiers.map(([kind, value]) => ({ kind, value })),
});

describe('a configuration that is saved', () => {
  it('gets a code, a pass to show at once and a link to mail', async () => {
    const { configuration, pass, link } = await saved(
      estate({ abandoned: [roof], imageUrl: 'https://shop.example/e.svg' }),
    );
    expect(configuration).toMatchObject({
      ...{ model: 'estate', modelLabel: 'Estate 2.0', options: [green, towBar], abandoned: [roof] },
      ...{ total: eur(4_050_000), imageUrl: 'https://shop.example/e.svg', url: null, revision: 1 },
      ...{ startedAt: noon.toISOString(), lastEditedAt: noon.toISOString(), changeSinceLastVisit: null },
    });
    expect(configuration.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{8,}$/);
    expect(pass.url).toMatch(/^HTTPS:\/\/FOYER\.EXAMPLE\/P\/[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(pass.svg).toContain('<svg');
    expect(pass.expiresAt).toBe(after(noon, seconds(60)).toISOString());
    expect(link).toMatch(/^https:\/\/foyer\.example\/c\/[\w-]{43}$/);
    expect(await byCode(configuration.code)).toEqual(configuration);
  });

  it('adds a revision when the same session is saved again, and none when nothing changed', async () => {
    const input = estate();
    const first = await saved(input);
    const second = await saved({ ...input, idempotencyKey: 'again', options: [towBar, roof], total: eur(4_100_000) });
    expect(second.configuration).toMatchObject({
      id: first.configuration.id,
      code: first.configuration.code,
      revision: 2,
    });
    expect(second.configuration.abandoned).toEqual([green]);
    expect(second.link).toBe(first.link);
    const third = await saved({
      ...input,
      idempotencyKey: 'unchanged',
      options: [roof, towBar],
      total: eur(4_100_000),
    });
    expect(third.configuration.revision).toBe(2);
    const revisions = await rows<{ total: number }>(
      'SELECT total_minor::int AS total FROM revision WHERE configuration_id = $1 ORDER BY number',
      first.configuration.id,
    );
    expect(revisions.map(({ total }) => total)).toEqual([4_050_000, 4_100_000]);
  });

  it('reads currencies in either case', async () => {
    const options = [{ ...green, price: { amountMinor: 60_000, currency: 'eur' } }];
    const { configuration } = await saved(estate({ options, total: { amountMinor: 4_050_000, currency: 'Eur' } }));
    expect(configuration).toMatchObject({ options: [green], total: eur(4_050_000) });
  });

  it('takes an earlier save that comes late for what it is', async () => {
    const input = estate({ options: [green], total: eur(1), occurredAt: after(noon, -hours(1)).toISOString() });
    await saved(input);
    const late = {
      idempotencyKey: 'late',
      options: [roof],
      total: eur(2),
      occurredAt: after(noon, -hours(2)).toISOString(),
    };
    const { configuration } = await saved({ ...input, ...late });
    expect(configuration).toMatchObject({ options: [green], abandoned: [roof], total: eur(1), revision: 2 });
    expect(configuration.startedAt).toBe(after(noon, -hours(2)).toISOString());
  });

  it('answers a repeated key with the same ids and the same link, and a fresh pass', async () => {
    const input = estate(inPeople(['loyalty', '700100']));
    const first = await saved(input);
    await saved({ ...input, idempotencyKey: 'newer', total: eur(4_000_000) });
    const again = await saved(input);
    expect(again.configuration).toMatchObject({ id: first.configuration.id, revision: 2, total: eur(4_000_000) });
    expect(again.link).toBe(first.link);
    expect(again.pass.url).not.toBe(first.pass.url);
    const [counted] = await rows<{ events: number; activities: number; messages: number }>(
      `SELECT (SELECT count(*)::int FROM configuration_event WHERE configuration_id = $1) AS events,
              (SELECT count(*)::int FROM activity WHERE record_id = $2) AS activities,
              (SELECT count(*)::int FROM message WHERE message_id = $3) AS messages`,
      first.configuration.id,
      await recordOf(first.configuration.id),
      `saveConfiguration:${String(input['idempotencyKey'])}`,
    );
    expect(counted).toEqual({ events: 2, activities: 2, messages: 1 });
  });

  it('settles twenty simultaneous calls with one key as one', async () => {
    const input = estate();
    const answers = await Promise.all(Array.from({ length: 20 }, () => saved(input)));
    expect(new Set(answers.map((answer) => answer.configuration.id)).size).toBe(1);
    expect(new Set(answers.map((answer) => answer.link)).size).toBe(1);
    expect(new Set(answers.map((answer) => answer.pass.url)).size).toBe(20);
  });

  it('refuses a key that was used for something else, and leaves keys of other shops alone', async () => {
    const input = estate();
    const first = await saved(input);
    const { data } = await save({ ...input, model: 'city-ev' });
    expect(data.saveConfiguration).toMatchObject({
      __typename: 'KeyReusedDifferently',
      code: 'KEY_REUSED_DIFFERENTLY',
    });
    const elsewhere = await saved({ ...input, model: 'city-ev' }, other.server);
    expect(elsewhere.configuration.id).not.toBe(first.configuration.id);
  });

  it('keeps what was said verbatim, and has it in her timeline', async () => {
    const input = estate(inPeople(['email', 'grace@home.example']));
    const { configuration } = await saved(input);
    const [message] = await rows<{ kind: string; asserted: boolean; body: { properties: { model: string } } }>(
      'SELECT kind, asserted, body FROM message WHERE message_id = $1',
      `saveConfiguration:${String(input['idempotencyKey'])}`,
    );
    expect(message).toMatchObject({
      kind: 'configuration.saved',
      asserted: true,
      body: { properties: { model: 'estate' } },
    });
    const activities = await rows<{ kind: string; channel: string; params: object }>(
      'SELECT kind, channel, params FROM activity WHERE record_id = $1',
      await recordOf(configuration.id),
    );
    expect(activities).toMatchObject([
      { kind: 'configuration.saved', channel: 'web', params: { modelLabel: 'Estate 2.0' } },
    ]);
  });
});

describe('whose a configuration is', () => {
  it('is hers whom the shop’s server names, whichever way it names her', async () => {
    const first = await saved(estate(inPeople(['account', 'u-ada'], ['loyalty', '700200'])));
    const second = await saved(estate(inPeople(['loyalty', '700 200'])));
    const records = [await recordOf(first.configuration.id), await recordOf(second.configuration.id)];
    expect(new Set(records).size).toBe(2);
    expect(await customerOf(records[0] ?? '')).toBe(await customerOf(records[1] ?? ''));
  });

  it('stays a claim when a browser says so', async () => {
    const known = await saved(estate(inPeople(['account', 'u-claimed'], ['email', 'claimed@home.example'])));
    const claim = await saved(
      estate(inPeople(['account', 'u-claimed'], ['email', 'claimed@home.example'])),
      shop.browser,
    );
    const [mine, theirs] = [await recordOf(known.configuration.id), await recordOf(claim.configuration.id)];
    expect(await customerOf(theirs)).not.toBe(await customerOf(mine));
  });

  it('becomes hers when she signs in later, with what happened before', async () => {
    const input = estate();
    const anonymous = await saved(input, shop.browser);
    const before = await recordOf(anonymous.configuration.id);
    foyer.clock.advance(days(9));
    const signedIn = await saved({ ...input, ...inPeople(['account', 'u-later']), idempotencyKey: 'signed-in' });
    foyer.clock.set(noon);
    expect(signedIn.configuration.id).toBe(anonymous.configuration.id);
    const now = await recordOf(anonymous.configuration.id);
    expect(now).not.toBe(before);
    expect(await customerOf(before)).toBe(await customerOf(now));
  });

  it('goes to the next who signs in on the same device, and her history stays hers', async () => {
    const input = estate();
    const anonymous = await saved(input);
    const nameless = await recordOf(anonymous.configuration.id);
    await saved({ ...input, ...inPeople(['account', 'u-first']), idempotencyKey: 'first-in' });
    const first = await recordOf(anonymous.configuration.id);
    await saved({ ...input, ...inPeople(['account', 'u-second']), idempotencyKey: 'second-in' });
    const second = await recordOf(anonymous.configuration.id);
    expect(await customerOf(second)).not.toBe(await customerOf(first));
    expect(await customerOf(nameless)).toBe(await customerOf(first));
    await saved({ ...input, ...inPeople(['account', 'u-first']), idempotencyKey: 'a-claim' }, shop.browser);
    expect(await recordOf(anonymous.configuration.id)).toBe(second);
  });

  it('never mixes two shops that use the same session id', async () => {
    const mine = await saved(estate({ sessionId: 'shared-id' }));
    const theirs = await saved(estate({ sessionId: 'shared-id' }), other.server);
    expect(theirs.configuration.id).not.toBe(mine.configuration.id);
  });
});

describe('a configuration that is changed in the store', () => {
  const checkIn = async (code: string): Promise<string> => {
    const { data } = await foyer.ask<{ checkIn: { visit: { id: string } } }>(
      'mutation ($input: CheckInInput!) { checkIn(input: $input) { ... on CheckedIn { visit { id } } } }',
      { input: { storeId: store.id, idempotencyKey: `arrival-${code}`, code } },
      store.tablet,
    );
    return data.checkIn.visit.id;
  };

  it('gets its next revision during her visit, and stays hers', async () => {
    const { configuration, pass } = await saved(estate(inPeople(['email', 'in-store@home.example'])));
    const owner = await recordOf(configuration.id);
    const visitId = await checkIn(pass.url);
    const version = async (): Promise<number> => {
      const [row] = await rows<{ version: number }>(
        'SELECT version::int FROM customer WHERE id = $1',
        await customerOf(owner),
      );
      return row?.version ?? 0;
    };
    const before = await version();
    const changed = await saved(
      estate({ sessionId: configuration.code, visitId, options: [green], total: eur(3_960_000) }),
      store.tablet,
    );
    expect(changed.configuration).toMatchObject({ id: configuration.id, revision: 2, abandoned: [towBar] });
    expect(await recordOf(configuration.id)).toBe(owner);
    expect(await version()).toBeGreaterThan(before);
    const [row] = await rows('SELECT visit_id FROM configuration WHERE id = $1', configuration.id);
    expect(row).toEqual({ visit_id: visitId });
  });

  it('is a new one where it is not hers, or nothing is on the screen', async () => {
    const stranger = await saved(estate(inPeople(['account', 'u-stranger'])));
    const { pass } = await saved(estate(inPeople(['account', 'u-visitor'])));
    const visitId = await checkIn(pass.url);
    const theirs = await saved(estate({ sessionId: stranger.configuration.id, visitId }), store.tablet);
    expect(theirs.configuration.id).not.toBe(stranger.configuration.id);
    const first = await saved(estate({ sessionId: 'desk-1', visitId }), store.tablet);
    const again = await saved(estate({ sessionId: 'desk-1', visitId, options: [] }), store.tablet);
    expect(again.configuration).toMatchObject({ id: first.configuration.id, revision: 2 });
  });

  it('is not changed from another store', async () => {
    const { pass } = await saved(estate(inPeople(['account', 'u-elsewhere'])));
    const visitId = await checkIn(pass.url);
    const elsewhere = await new Retailer(foyer.database).store('hamburg');
    const { errors } = await save(estate({ visitId }), elsewhere.tablet);
    expect(errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', fields: ['visitId'] });
  });
});

describe('a save that cannot be', () => {
  it.each<[string, Record<string, unknown>, string[]]>([
    [
      'another currency for an option',
      { options: [{ ...green, price: { amountMinor: 1, currency: 'USD' } }] },
      ['options.0.price.currency'],
    ],
    ['a script for an address', { url: 'javascript:alert(1)' }, ['url']],
    ['no address for a picture', { imageUrl: 'e.svg' }, ['imageUrl']],
    ['an unknown kind of identifier', { identifiers: [{ kind: 'face', value: 'x' }] }, ['identifiers.0.kind']],
    ['a negative price', { total: eur(-1) }, ['total.amountMinor']],
    ['gold for a currency', { options: [], total: { amountMinor: 1, currency: 'XAU' } }, ['total.currency']],
    ['a blank key', { idempotencyKey: '  ' }, ['idempotencyKey']],
    ['a blank session', { sessionId: '' }, ['sessionId']],
    ['half a character', { model: 'estate\ud800' }, ['model']],
    ['too many options', { options: Array.from({ length: 201 }, () => green) }, ['options']],
    ['too long a label', { options: [{ ...green, label: 'x'.repeat(201) }] }, ['options.0.label']],
    ['a visit, from a shop', { visitId: '0190a0a0-0000-7000-8000-000000000001' }, ['visitId']],
  ])('tells which field: %s', async (_what, overrides, fields) => {
    const { errors } = await save(estate(overrides));
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect([...new Set(errors?.[0]?.extensions.fields)]).toEqual(fields);
  });

  it('is not for the public, and for a store only during a visit', async () => {
    expect((await foyer.ask(mutation, { input: estate() })).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    const { errors } = await save(estate({ visitId: '0190a0a0-0000-7000-8000-000000000001' }), store.tablet);
    expect(errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', fields: ['visitId'] });
    expect((await save(estate(), store.tablet)).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});

describe('opening a configuration by its code', () => {
  it('forgives how it is typed, and asks for no more than the code', async () => {
    const { configuration } = await saved(estate());
    const { code } = configuration;
    const typed = ` ${code.slice(0, 4).toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l')}-${code.slice(4)} `;
    expect((await byCode(typed))?.id).toBe(configuration.id);
  });

  it('is for staff and tablets', async () => {
    const { configuration } = await saved(estate());
    for (const token of [undefined, shop.server]) {
      const query = 'query ($code: String!) { configuration(code: $code) { id } }';
      const { errors } = await foyer.ask(query, { code: configuration.code }, token);
      expect(errors?.[0]?.extensions.code).toMatch(/^(UNAUTHENTICATED|FORBIDDEN)$/);
    }
  });

  it('stops who guesses, for a minute', async () => {
    const { configuration } = await saved(estate());
    for (let miss = 1; miss <= 10; miss += 1) expect(await byCode('ZZZZZZZZZ')).toBeNull();
    const query = 'query ($code: String!) { configuration(code: $code) { id } }';
    const refused = await foyer.ask(query, { code: configuration.code }, store.tablet);
    expect(refused.errors?.[0]?.extensions).toEqual({ code: 'TOO_MANY_ATTEMPTS', retryAfterSeconds: 60 });
    foyer.clock.advance(minutes(1));
    expect((await byCode(configuration.code))?.id).toBe(configuration.id);
  });
});

describe('a configuration told by the tracking SDK', () => {
  it('is what the events say, even before anything was saved', async () => {
    const analytics = new Analytics({ writeKey: shop.server, host: foyer.url, flushAt: 20, flushInterval: 50 });
    const about = { userId: 'u-sdk', context: {} };
    const properties = { configuration_id: 'sdk-1', model: 'city-ev', currency: 'EUR' };
    const track = (event: string, said: object): void =>
      analytics.track({ ...about, event, properties: { ...properties, ...said } });
    track('Configuration Started', { price: 29_000 });
    track('Option Selected', { option_group: 'paint', option_code: 'green', option_label: 'Forest green', price: 600 });
    track('Option Selected', { option_group: 'extras', option_code: 'roof', price: 1200 });
    track('Option Removed', { option_group: 'extras', option_code: 'roof' });
    track('Configuration Saved', { total: 29_600, url: 'https://shop.example/city-ev' });
    await analytics.closeAndFlush();
    const [row] = await eventually('the configuration is folded', async () => {
      const found = await rows<{ code: string; revision: number }>(
        `SELECT code, revision FROM configuration WHERE session_id = 'sdk-1' AND saved`,
      );
      return found.length > 0 && found;
    });
    expect(await byCode(row?.code ?? '')).toMatchObject({
      ...{ model: 'city-ev', total: eur(2_960_000), revision: 1, url: 'https://shop.example/city-ev' },
      options: [{ group: 'paint', code: 'green', label: 'Forest green', price: eur(60_000) }],
      abandoned: [{ group: 'extras', code: 'roof', label: 'roof', price: eur(120_000) }],
    });
    const after = await saved(estate({ ...inPeople(['account', 'u-sdk']), sessionId: 'sdk-1', model: 'city-ev' }));
    expect(after.configuration).toMatchObject({ code: row?.code, revision: 2 });
    const records = await rows<{ source_key: string }>(
      'SELECT source_key FROM record WHERE id = $1',
      await recordOf(after.configuration.id),
    );
    expect(records).toEqual([{ source_key: 'user:u-sdk' }]);
  });

  it('comes to the same whatever order the events arrive in', async () => {
    const said: [string, object][] = [
      ['Configuration Started', { price: 29_000 }],
      ['Option Selected', { option_group: 'paint', option_code: 'green', price: 600 }],
      ['Configuration Saved', {}],
      ['Option Removed', { option_group: 'paint', option_code: 'green' }],
      ['Option Selected', { option_group: 'extras', option_code: 'roof', price: 1200 }],
      ['Configuration Saved', { products: [{ sku: 'roof', category: 'extras', price: 1200 }], total: 30_100 }],
      ['Configuration Shared', {}],
    ];
    const eventsOf = (session: string): object[] =>
      said.map(([event, properties], minute) => ({
        ...{ type: 'track', event, anonymousId: `visitor-of-${session}`, messageId: `${session}-${minute}` },
        timestamp: after(noon, -minutes(60 - minute)).toISOString(),
        properties: { configuration_id: session, model: 'city-ev', currency: 'EUR', ...properties },
      }));
    const orders = [
      [0, 1, 2, 3, 4, 5, 6],
      [6, 5, 4, 3, 2, 1, 0],
      [5, 2, 0, 6, 1, 4, 3],
      [3, 0, 5, 1, 6, 2, 4],
    ];
    for (const [n, order] of orders.entries()) {
      const events = eventsOf(`shuffled-${n}`);
      for (const place of order) {
        const response = await fetch(`${foyer.url}/v1/batch`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            authorization: `Basic ${Buffer.from(`${shop.server}:`).toString('base64')}`,
          },
          body: JSON.stringify({ batch: [events[place]], sentAt: foyer.clock.now().toISOString() }),
        });
        expect(response.status).toBe(200);
        const kept = place + 1;
        await eventually(`event ${kept} of order ${n} is folded`, async () => {
          const [row] = await rows<{ there: boolean }>(
            `SELECT EXISTS (SELECT FROM configuration_event e JOIN configuration c ON c.id = e.configuration_id
               WHERE c.session_id = $1 AND e.occurred_at = $2) AS there`,
            `shuffled-${n}`,
            after(noon, -minutes(60 - place)),
          );
          return row?.there;
        });
      }
    }
    const folded = await rows(
      `SELECT c.model, c.options, c.abandoned, c.total_minor, c.revision, c.started_at, c.last_edited_at,
              (SELECT jsonb_agg(jsonb_build_array(r.number, r.occurred_at, r.options, r.total_minor) ORDER BY r.number)
               FROM revision r WHERE r.configuration_id = c.id) AS revisions
       FROM configuration c WHERE c.session_id LIKE 'shuffled-%'`,
    );
    expect(folded).toHaveLength(orders.length);
    expect(new Set(folded.map((row) => JSON.stringify(row))).size).toBe(1);
    expect(folded[0]).toMatchObject({ revision: 2, total_minor: '3010000' });
  });

  it('loses nothing when many speak of the same sessions at once', async () => {
    const sessions = Array.from({ length: 8 }, (_, n) => `busy-${n}`);
    const batch = (from: number): Promise<Response> =>
      fetch(`${foyer.url}/v1/batch`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Basic ${Buffer.from(`${shop.server}:`).toString('base64')}`,
        },
        body: JSON.stringify({
          sentAt: foyer.clock.now().toISOString(),
          batch: sessions
            .toSorted(() => (from % 2 === 0 ? 1 : -1))
            .flatMap((session, place) =>
              Array.from({ length: 5 }, (_, n) => ({
                ...{ type: 'track', event: 'Option Selected', userId: `u-busy-${(place + from) % 3}` },
                messageId: `${session}-${from}-${n}`,
                timestamp: after(noon, -minutes(100 - from * 5 - n)).toISOString(),
                properties: { configuration_id: session, model: 'city-ev', option_code: `option-${from}-${n}` },
              })),
            ),
        }),
      });
    const saves = sessions.map((sessionId) =>
      saved(estate({ ...inPeople(['account', 'u-busy-1']), sessionId, model: 'city-ev' })),
    );
    const answers = await Promise.all([...[0, 1, 2, 3, 4, 5].map(batch), ...saves]);
    expect(answers.slice(0, 6).map((answer) => (answer as Response).status)).toEqual(Array(6).fill(200));
    await eventually('all are folded', async () => {
      const [row] = await rows<{ all: boolean }>(
        `SELECT count(*) = 8 * 31 AS all FROM configuration_event e JOIN configuration c ON c.id = e.configuration_id
         WHERE c.session_id LIKE 'busy-%'`,
      );
      return row?.all;
    });
    const folded = await rows<{ options: Option[]; abandoned: Option[] }>(
      `SELECT options, abandoned FROM configuration WHERE session_id LIKE 'busy-%'`,
    );
    expect(folded).toHaveLength(8);
    // The save holds everything that is chosen, and was later than all that was selected.
    for (const one of folded) expect([one.options.length, one.abandoned.length]).toEqual([2, 30]);
    expect(await rows('SELECT * FROM dead_letter')).toEqual([]);
  });
});

describe('The picture of a configuration', () => {
  const away = 'http://127.0.0.1:1';
  const image = '<svg xmlns="http://www.w3.org/2000/svg"/>';
  let host: Server;
  let origin: string;
  let inShop: Foyer;
  let key: string;

  beforeAll(async () => {
    host = createServer(({ url }, response) => {
      if (url === '/moved.svg') response.writeHead(302, { location: '/car.svg' }).end();
      else if (url === '/page.svg') response.writeHead(200, { 'content-type': 'text/html' }).end('<script></script>');
      else if (url === '/large.svg')
        response.writeHead(200, { 'content-type': 'image/png' }).end(Buffer.alloc(3_000_000));
      else response.writeHead(200, { 'content-type': 'image/svg+xml; charset=utf-8' }).end(image);
    }).listen(0, '127.0.0.1');
    await once(host, 'listening');
    origin = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
    inShop = await openFoyer({ pictureOrigins: [origin, away] }, { web: true, worker: false });
    key = (await new Retailer(inShop.database).source('web', 'web-shop')).server;
  });
  afterAll(async () => {
    await inShop?.close();
    host?.close();
  });

  async function pictureAt(imageUrl: string): Promise<Response> {
    const input = estate({ imageUrl });
    const { data } = await inShop.ask<{ saveConfiguration: Saved }>(mutation, { input }, key);
    return fetch(`${inShop.url}/pictures/${data.saveConfiguration.configuration.id}`);
  }

  it('comes from our own origin, and runs nothing', async () => {
    const shown = await pictureAt(`${origin}/car.svg`);
    expect(shown.status).toBe(200);
    expect(shown.headers.get('content-type')).toContain('image/svg+xml');
    expect(shown.headers.get('content-security-policy')).toContain('sandbox');
    expect(await shown.text()).toBe(image);
  });

  it.each([
    ['from a host that nobody named', () => 'https://elsewhere.example/car.svg'],
    ['that leads somewhere else', () => `${origin}/moved.svg`],
    ['that is no picture', () => `${origin}/page.svg`],
    ['of more than 2 MB', () => `${origin}/large.svg`],
    ['of a host that is away', () => `${away}/car.svg`],
  ])('is not fetched %s', async (_what, address) => {
    expect((await pictureAt(address())).status).toBe(404);
  });

  it('is asked for by the id of a configuration', async () => {
    expect((await fetch(`${inShop.url}/pictures/${newId()}`)).status).toBe(404);
    expect((await fetch(`${inShop.url}/pictures/car.svg`)).status).toBe(400);
  });
});
