import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { runCommand } from '../src/cli/run.js';
import { Quarantine } from '../src/ingest/quarantine.js';
import { eventually, openFoyer, type Foyer } from './support/foyer.js';
import { Retailer, type TestSource } from './support/retailer.js';

let foyer: Foyer;
let retailer: Retailer;
let directory: string;
let number = 0;

beforeAll(async () => {
  foyer = await openFoyer({ logLevel: 'silent' });
  retailer = new Retailer(foyer.database);
  directory = mkdtempSync(join(tmpdir(), 'foyer-import-'));
});

afterAll(async () => {
  await foyer?.close();
  rmSync(directory, { recursive: true, force: true });
});

interface Ran {
  readonly code: number;
  readonly out: string[];
  readonly err: string[];
}

/** Runs `npx foyer import` in this process. */
async function run(...line: string[]): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const output = { out: (text: string) => out.push(text), err: (text: string) => err.push(text) };
  const environment = { DATABASE_URL: foyer.database.url, FOYER_DIR: directory };
  const code = await runCommand(['import', ...line], { environment, output, clock: foyer.clock });
  return { code, out, err };
}

async function summary(...line: string[]): Promise<Record<string, unknown>> {
  const { code, out, err } = await run(...line, '--json');
  expect({ code, err }).toEqual({ code: 0, err: [] });
  return JSON.parse(out[0] ?? '') as Record<string, unknown>;
}

/** A department's system of its own for each story. */
async function department(kind = 'crm'): Promise<TestSource> {
  number += 1;
  return retailer.source(`${kind}-${number}`, kind, { trusted: true });
}

function file(name: string, content: string | Buffer): string {
  number += 1;
  const path = join(directory, `${number}-${name}`);
  writeFileSync(path, content);
  return path;
}

interface Told {
  readonly source_key: string;
  readonly traits: Record<string, string>;
}

async function records({ id }: TestSource): Promise<Told[]> {
  return foyer.database.query('SELECT source_key, traits FROM record WHERE source_id = $1 ORDER BY source_key', [id]);
}

async function quarantined({ id }: TestSource): Promise<string[]> {
  const rows = await foyer.database.query<{ reason: string; detail: string }>(
    'SELECT reason, detail FROM quarantine WHERE source_id = $1 ORDER BY detail',
    [id],
  );
  return rows.map(({ reason, detail }) => `${reason} ${detail}`);
}

/** What becomes of what a source has in quarantine when it is judged again as it is, by its detail. */
async function replayed({ id }: TestSource): Promise<string[]> {
  const open = await foyer.database.query<{ id: string }>(
    'SELECT id FROM quarantine WHERE source_id = $1 AND settled_at IS NULL ORDER BY detail',
    [id],
  );
  const outcomes: string[] = [];
  for (const one of open) outcomes.push((await foyer.app.get(Quarantine).replay(one.id)).outcome);
  return outcomes;
}

const people = [
  'Kundennummer;Vorname;Nachname;E-Mail;Telefon;Straße;PLZ;Ort',
  '1;Ines;Löwe;ines@loewe.example;030 1234561;Am Markt 1;10115;Berlin',
  '2;Per;Holm;per@holm.example;030 1234562;Am Markt 2;10115;Berlin',
].join('\r\n');

describe('a file of people', () => {
  it('is understood by its headings, and makes records that are resolved when it ends', async () => {
    const crm = await department();
    expect(await summary(file('people.csv', people), '--source', crm.code)).toMatchObject({
      rows: 2,
      new: 2,
      changed: 0,
      joined: 0,
      rejected: 0,
      mapping: { Kundennummer: 'customerNumber', 'E-Mail': 'email', PLZ: 'postalCode', Straße: 'street' },
    });
    expect(await records(crm)).toMatchObject([
      { source_key: 'user:1', traits: { givenName: 'Ines', familyName: 'Löwe', locality: 'Berlin' } },
      { source_key: 'user:2', traits: { email: 'per@holm.example' } },
    ]);
  });

  it('changes nothing when it is imported again, and only what changed when that did', async () => {
    const crm = await department();
    const path = file('people.csv', people);
    await summary(path, '--source', crm.code);
    const before = await foyer.database.query('SELECT count(*) FROM message');
    expect(await summary(path, '--source', crm.code)).toMatchObject({ rows: 2, new: 0, changed: 0, unchanged: 2 });
    expect(await foyer.database.query('SELECT count(*) FROM message')).toEqual(before);
    const moved = file('people.csv', people.replace('Am Markt 2', 'Hafen 9'));
    expect(await summary(moved, '--source', crm.code)).toMatchObject({ new: 0, changed: 1, unchanged: 1 });
  });

  it('joins whom another department knows', async () => {
    const [crm, club] = [await department(), await department('loyalty')];
    await summary(file('people.csv', people.replaceAll('.example', '.joined.example')), '--source', crm.code);
    const members =
      'card no,email\nC-77001,ines@loewe.joined.example\nC-77002,else@where.example\nC-77003,third@where.example\n';
    expect(await summary(file('members.csv', members), '--source', club.code)).toMatchObject({ new: 3, joined: 1 });
  });

  it('says how many pairs it has put before people', async () => {
    const crm = await department();
    const path = file('namesakes.csv', 'id,name\n1,Quirin Haberfellner\n2,Quirin Haberfellner\n3,Alma Ohnegleich\n');
    expect(await summary(path, '--source', crm.code, '--dry-run')).toMatchObject({ first: { new: 3, review: 1 } });
    expect(await summary(path, '--source', crm.code)).toMatchObject({ new: 3, joined: 0, review: 1 });
    expect(await summary(path, '--source', crm.code)).toMatchObject({ unchanged: 3, review: 0 });
    const third = file('third.csv', 'id,name\n4,Quirin Haberfellner\n');
    expect(await summary(third, '--source', crm.code)).toMatchObject({ new: 1, review: 2 });
  });

  it('is shown with its mapping, and nothing is changed, on a dry run', async () => {
    const crm = await department();
    const { code, out, err } = await run(file('people.csv', people), '--source', crm.code, '--dry-run');
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.arrayContaining([expect.stringContaining('2 new'), 'Nothing was changed.']) as unknown,
    });
    expect(err.join('\n')).toMatch(/Nachname +familyName/);
    expect(await records(crm)).toEqual([]);
  });

  it('is read as its map says', async () => {
    const crm = await department();
    const path = file('odd.csv', 'A,B,C\n7,ann@map.example,secret\n');
    expect((await run(path, '--source', crm.code)).err.join()).toMatch(/No column could be recognised/);
    const map = file('map.json', JSON.stringify({ columns: { A: 'id', B: 'email' }, constants: { country: 'AT' } }));
    expect(await summary(path, '--source', crm.code, '--map', map)).toMatchObject({ new: 1 });
    expect(await records(crm)).toEqual([{ source_key: 'user:7', traits: { email: 'ann@map.example', country: 'AT' } }]);
  });
});

describe('a file that is imported again after people have judged its records', () => {
  const headings = 'id,given name,family name,birth date,email,street,postal code,city';
  const home = 'Ringweg 7,10115,Berlin';
  const first = [
    `a,Xaverine,Hollerstett,1971-05-17,,${home}`,
    `b,Xaverine,Hollerstett,1971-05-17,,${home}`,
    'c,Kunibert,Aschenbrandt,1964-02-11,,,,',
    'd,Kunibert,Aschenbrandt,,,,,',
    'e,Leocadia,Pfifferling,1980-01-30,,,,',
  ];
  // One mail address would prove the first two one, and of the other two one has moved and one has a mail address.
  const changed = [
    `a,Xaverine,Hollerstett,1971-05-17,x@hollerstett.example,${home}`,
    `b,Xaverine,Hollerstett,1971-05-17,x@hollerstett.example,${home}`,
    'c,Kunibert,Aschenbrandt,1964-02-11,,Deichweg 4,24103,Kiel',
    'd,Kunibert,Aschenbrandt,,kuni@aschenbrandt.example,,,',
    'e,Leocadia,Pfifferling,1980-01-30,,,,',
  ];

  it('leaves apart whom they set apart and one whom they joined, until they take it back', async () => {
    const [crm, store] = [await department(), await retailer.store('again')];
    const amira = await retailer.staff('Amira', 'ADMIN', [store]);
    const ids = new Map<string, string>();
    const customers = async (): Promise<string> => {
      const found = await foyer.database.query<{ keys: string[]; ids: string[] }>(
        `SELECT array_agg(replace(r.source_key, 'user:', '') ORDER BY r.source_key) AS keys,
           array_agg(r.id ORDER BY r.source_key) AS ids
         FROM membership m JOIN record r ON r.id = m.record_id WHERE r.source_id = $1 GROUP BY m.customer_id`,
        [crm.id],
      );
      for (const one of found) for (const [at, key] of one.keys.entries()) ids.set(key, one.ids[at] as string);
      return found
        .map(({ keys }) => keys.join('+'))
        .sort()
        .join(' ');
    };
    const says = async (call: string): Promise<string> => {
      foyer.clock.advance(60_000);
      const document = `mutation { answer: ${call} { __typename ... on Judged { judgementId } ... on Refusal { code } } }`;
      const { data, errors } = await foyer.ask<{ answer: { judgementId: string } }>(document, {}, amira.token);
      expect({ data, errors }).toMatchObject({ data: { answer: { __typename: 'Judged' } } });
      return data.answer.judgementId;
    };
    const imported = async (lines: readonly string[]): Promise<Record<string, unknown>> => {
      foyer.clock.advance(60_000);
      return summary(file('again.csv', [headings, ...lines].join('\n')), '--source', crm.code);
    };

    await imported(first);
    expect(await customers()).toBe('a+b c d e');
    const apart = await says(`separateRecord(recordId: "${ids.get('b')}", why: "Her aunt of the same name.")`);
    const one = await says(
      `judgeRecords(a: "${ids.get('c')}", b: "${ids.get('d')}", verdict: SAME, why: "He says so himself.")`,
    );
    expect(await customers()).toBe('a b c+d e');

    expect(await imported(first)).toMatchObject({ unchanged: 5, changed: 0 });
    expect(await customers()).toBe('a b c+d e');
    expect(await imported(changed)).toMatchObject({ unchanged: 1, changed: 4 });
    expect(await customers()).toBe('a b c+d e');

    await says(`revokeJudgement(id: "${apart}")`);
    expect(await customers()).toBe('a+b c+d e');
    await says(`revokeJudgement(id: "${one}")`);
    expect(await customers()).toBe('a+b c d e');
  });
});

describe('bad rows', () => {
  it('go to quarantine with their line and reason, once, and the others are taken in', async () => {
    const crm = await department();
    const path = file(
      'bad.csv',
      [
        'id,name,birth date,email',
        '1,Good One,1980-02-03,good@one.example',
        '2,Born Tomorrow,2031-01-01,',
        '3,Too,Many,Cells,Here',
        '1,Other Person,1970-02-03,other@one.example',
        'N/A,-,x,test',
        '',
        '"4","Two\nLines",1990-01-01,',
        '5,Few',
      ].join('\n'),
    );
    const expected = { rows: 7, new: 2, rejected: 5 };
    expect(await summary(path, '--source', crm.code)).toMatchObject(expected);
    const aside = [
      'birth-date-in-future Line 3: the birth date 2031-01-01 lies in the future.',
      'wrong-column-count Line 4: it has 5 cells where the headings are 4.',
      'duplicate-id Line 5: line 2 has the id "1" already and says something else.',
      'names-nobody Line 6: it names nobody: no id, name, address or number.',
      'wrong-column-count Line 10: it has 2 cells where the headings are 4.',
    ];
    expect(new Set(await quarantined(crm))).toEqual(new Set(aside));
    expect((await records(crm)).map((row) => row.source_key)).toEqual(['user:1', 'user:4']);
    await summary(path, '--source', crm.code);
    expect(await quarantined(crm)).toHaveLength(5);
    expect(await replayed(crm)).toEqual(Array(5).fill('still-bad'));
  });

  it('go there each, also where they say the same, and are counted before', async () => {
    const crm = await department();
    const rows = ['1,Ann', 'N/A,-', '1,Ann', 'N/A,-', '1,Bea', ...Array<string>(300).fill('2,Cid'), '2,Dora'];
    const path = file('same.csv', ['id,name', ...rows].join('\n'));
    const expected = { rejected: 4, reasons: { 'names-nobody': 2, 'duplicate-id': 2 } };
    expect(await summary(path, '--source', crm.code, '--dry-run')).toMatchObject({
      ...expected,
      first: { rejected: 3 },
    });
    expect(await records(crm)).toEqual([]);
    expect(await summary(path, '--source', crm.code)).toMatchObject(expected);
    expect(await quarantined(crm)).toHaveLength(4);
    await summary(path, '--source', crm.code);
    expect(await quarantined(crm)).toHaveLength(4);
  });

  it('that cannot be understood wait until they can', async () => {
    const crm = await department();
    const path = file('refused.csv', 'id,name\n1,Ann\nunlucky,Bea\n3,Cid\n');
    const refusal = `ALTER TABLE record ADD CONSTRAINT refusal CHECK (source_key <> 'user:unlucky') NOT VALID`;
    await foyer.database.query(refusal);
    try {
      const expected = { rejected: 1, reasons: { unresolvable: 1 } };
      expect(await summary(path, '--source', crm.code, '--dry-run')).toMatchObject({ first: { ...expected, new: 2 } });
      expect(await summary(path, '--source', crm.code)).toMatchObject({ ...expected, new: 2 });
    } finally {
      await foyer.database.query('ALTER TABLE record DROP CONSTRAINT refusal');
    }
    expect(await replayed(crm)).toEqual(['kept']);
    await eventually('the row is taken in', async () => (await records(crm)).length === 3);
    expect(await summary(path, '--source', crm.code)).toMatchObject({ unchanged: 3, rejected: 0 });
  });

  it('may hold a cell of 10 MB and cost only themselves', async () => {
    const crm = await department();
    const path = file('large.csv', `id,name\n1,${'a'.repeat(10_000_000)}\n2,Small\n`);
    expect(await summary(path, '--source', crm.code)).toMatchObject({ new: 1, rejected: 1 });
    expect(await quarantined(crm)).toEqual([expect.stringMatching(/^too-large Line 2: /)]);
  }, 120_000);

  it('have no values where somebody wrote that there is none', async () => {
    const crm = await department();
    await summary(file('nulls.csv', 'id,name,email,phone\n1,N/A,-,x\n2,null,test,NULL\n'), '--source', crm.code);
    expect((await records(crm)).map((row) => row.traits)).toEqual([{}, {}]);
  });
});

describe('the text of a file', () => {
  const umlauts = 'id,name\n1,Jürgen Weiß\n';
  it.each([
    ['UTF-8', Buffer.from(umlauts), 'UTF-8'],
    ['UTF-8 with byte order mark', Buffer.from(`\ufeff${umlauts}`), 'UTF-8 with byte order mark'],
    ['UTF-16', Buffer.from(`\ufeff${umlauts}`, 'utf16le'), 'UTF-16LE with byte order mark'],
    ['UTF-16, big end first', Buffer.from(`\ufeff${umlauts}`, 'utf16le').swap16(), 'UTF-16BE with byte order mark'],
    ['UTF-16 without byte order mark', Buffer.from(umlauts, 'utf16le'), 'UTF-16LE'],
    ['Latin-1', Buffer.from(umlauts, 'latin1'), 'Latin-1 (Windows-1252), because it is not valid UTF-8'],
    ['gzip', gzipSync(umlauts), 'gzip'],
  ])('is read as %s', async (name, bytes, note) => {
    const crm = await department();
    const { code, err } = await run(file(`${name}.csv`, bytes), '--source', crm.code);
    expect(code).toBe(0);
    expect(err[0]).toContain(note);
    expect((await records(crm)).map((row) => row.traits['name'])).toEqual(['Jürgen Weiß']);
  });

  /** One byte a letter: 0xC0 is А in Windows-1251, and Windows-1253 counts from its capital alpha at 0xC1. */
  const cyrillic = Buffer.from([...'id;name\n1;'].map((one) => one.charCodeAt(0)).concat(0xce, 0xeb, 0xfc, 0xe3, 0xe0));
  const greek = Buffer.from([...'id;name\n1;'].map((one) => one.charCodeAt(0)).concat(0xcd, 0xdf, 0xea, 0xef, 0xf2));
  it.each([
    ['windows-1251', 'cp1251', cyrillic, 'Ольга'],
    ['windows-1253', 'WINDOWS-1253', greek, 'Νίκος'],
  ])('is read as %s where that is said, by any of its names', async (encoding, name, bytes, woman) => {
    const crm = await department();
    const path = file(`${encoding}.csv`, bytes);
    const { code, err } = await run(path, '--source', crm.code, '--encoding', name);
    expect({ code, note: err[0] }).toEqual({ code: 0, note: expect.stringContaining(`${encoding}, as was said.`) });
    expect((await records(crm)).map((row) => row.traits['name'])).toEqual([woman]);
    const plans = 'SELECT count(*)::int AS plans FROM import_run WHERE source_id = $1';
    expect(await summary(path, '--source', crm.code, '--encoding', encoding)).toMatchObject({ unchanged: 1 });
    expect(await foyer.database.query(plans, [crm.id])).toEqual([{ plans: 1 }]);
    expect(await summary(path, '--source', crm.code)).toMatchObject({ changed: 1 });
    expect(await foyer.database.query(plans, [crm.id])).toEqual([{ plans: 2 }]);
  });

  it('is read as was said, though it is valid UTF-8, and by no name that nobody knows', async () => {
    const crm = await department();
    const { err } = await run(file('utf-8.csv', umlauts), '--source', crm.code, '--encoding', 'koi8-r', '--dry-run');
    expect(err[0]).toContain('koi8-r, as was said, though it is valid UTF-8.');
    const unknown = await run(file('latin.csv', umlauts), '--source', crm.code, '--encoding', 'klingon');
    expect(unknown).toMatchObject({
      code: 1,
      err: [expect.stringMatching(/no encoding "klingon"; known are utf-8, .*windows-1251,/)],
    });
  });

  it('may be JSON Lines, packed', async () => {
    const crm = await department();
    const lines = [
      '{"source_id":"r1","given_name":"Ana","address":{"city":"Lisboa"},"emails":["ana@lines.example"]}',
      'not json',
      '{"source_id":"r2","phone_number":"030 1234577"}',
    ];
    const map = file('map.json', JSON.stringify({ columns: { emails: 'email' } }));
    const path = file('people.jsonl.gz', gzipSync(lines.join('\n')));
    expect(await summary(path, '--source', crm.code, '--map', map)).toMatchObject({ new: 2, rejected: 1 });
    expect(await records(crm)).toMatchObject([
      { source_key: 'user:r1', traits: { givenName: 'Ana', locality: 'Lisboa', email: 'ana@lines.example' } },
      { source_key: 'user:r2', traits: { phone: '030 1234577' } },
    ]);
    expect(await quarantined(crm)).toEqual(['not-an-object Line 2: it is no JSON object.']);
  });

  it.each([
    ['is no text', Buffer.from('PK\u0003\u0004 rest'), /save the sheet as CSV/],
    ['is empty', '', /is empty/],
    ['is cut off', gzipSync('id,name\n1,Ann\n').subarray(0, 25), /cannot be unpacked/],
    ['has a quotation mark that is never closed', 'id,name\n1,Ann\n2,"Bob\n3,Cid\n', /never closed/],
  ])('is refused in one line when it %s', async (_what, bytes, message) => {
    const crm = await department();
    const { code, err } = await run(file('bad.csv', bytes), '--source', crm.code, '--json');
    expect({ code, lines: err.length }).toEqual({ code: 1, lines: 1 });
    expect(err[0]).toMatch(message);
  });
});

describe('orders and contacts', () => {
  it('come with who they are of, and are hers when the import ends', async () => {
    const till = await department('point-of-sale');
    const path = file(
      'orders.csv',
      [
        'Bestellnr;Datum;Kundennr;E-Mail;Betrag;Währung;Artikel;Status',
        'A-1;05.01.2026;K1;ann@orders.example;1.234,50 €;EUR;Sofa;',
        'A-2;06.01.2026;K1;;99,90;EUR;Lamp;storniert',
        'A-3;07.01.2026;K2;;much;EUR;Rug;',
        'A-4;31.02.2026;K2;;10;EUR;Rug;',
        'A-5;01.01.2027;K2;;10;EUR;Rug;',
      ].join('\n'),
    );
    expect(await summary(path, '--source', till.code)).toMatchObject({ orders: 2, new: 1, rejected: 3 });
    const purchases = await foyer.database.query(
      `SELECT p.order_number, p.ordered_at, p.label, p.total_minor, p.currency, p.state, r.source_key
       FROM purchase p JOIN record r ON r.id = p.record_id WHERE p.source_id = $1 ORDER BY 1`,
      [till.id],
    );
    const ordered = { currency: 'EUR', state: 'COMPLETED', source_key: 'user:K1' };
    expect(purchases).toMatchObject([
      { ...ordered, order_number: 'A-1', label: 'Sofa', total_minor: '123450', ordered_at: new Date('2026-01-05') },
      { order_number: 'A-2', state: 'CANCELLED', source_key: 'user:K1' },
    ]);
    expect((await quarantined(till)).map((line) => line.split(' ')[0])).toEqual([
      'amount-unreadable',
      'time-unreadable',
      'time-in-future',
    ]);
    expect(await replayed(till)).toEqual(Array(3).fill('still-bad'));
  });

  it('of nobody with an id are of who the row describes, one record a person', async () => {
    const till = await department('point-of-sale');
    const path = file(
      'orders.csv',
      'order id,date,email,total,currency\n1,2026-01-05,bo@orders.example,5,EUR\n2,2026-01-06,bo@orders.example,6,EUR\n',
    );
    expect(await summary(path, '--source', till.code)).toMatchObject({ orders: 2, new: 1, changed: 1 });
    expect(await records(till)).toHaveLength(1);
  });

  it('stand in her timeline with channel and topic', async () => {
    const desk = await department('contact-centre');
    const path = file(
      'calls.csv',
      'ticket id,called at,customer_id,phone,channel,subject,direction\n9,2026-02-01 10:30,C1,030 1234599,Chat,Delivery,inbound\n',
    );
    const map = file('map.json', '{"columns":{"called at":"contactDate"}}');
    expect(await summary(path, '--source', desk.code, '--map', map)).toMatchObject({ contacts: 1, new: 1 });
    const [activity] = await foyer.database.query(
      'SELECT kind, channel, occurred_at, params FROM activity WHERE source_id = $1',
      [desk.id],
    );
    expect(activity).toEqual({
      kind: 'contact',
      channel: 'chat',
      occurred_at: new Date('2026-02-01T10:30:00Z'),
      params: { topic: 'Delivery', direction: 'inbound' },
    });
  });
});

describe('POST /v1/import', () => {
  async function post(
    body: string | Buffer,
    key: string | undefined,
    query = '',
  ): Promise<{ status: number; body: unknown }> {
    const headers: Record<string, string> = { 'content-type': 'text/csv', origin: 'https://shop.example' };
    if (key !== undefined) headers['authorization'] = `Basic ${Buffer.from(`${key}:`).toString('base64')}`;
    const response = await fetch(`${foyer.url}/v1/import${query}`, {
      method: 'POST',
      headers,
      body: new Uint8Array(Buffer.from(body)),
    });
    return { status: response.status, body: await response.json() };
  }

  it('takes a file of the source whose server key it bears, and answers what it came to', async () => {
    const crm = await department();
    expect(await post(gzipSync(people.replaceAll('.example', '.posted.example')), crm.server)).toMatchObject({
      status: 200,
      body: { success: true, rows: 2, new: 2, mapping: { Nachname: 'familyName' } },
    });
    expect(await records(crm)).toHaveLength(2);
    const map = encodeURIComponent('{"columns":{"A":"id","B":"email"}}');
    expect(await post('A,B\n1,c@posted.example\n', crm.server, `?dryRun=true&map=${map}`)).toMatchObject({
      status: 200,
      body: { first: { changed: 1 } },
    });
  });

  it('takes the name of an encoding, if there is such a one', async () => {
    const crm = await department();
    const body = Buffer.from([...'id;name\n1;'].map((one) => one.charCodeAt(0)).concat(0xef, 0xcc, 0xd8, 0xc7, 0xc1));
    expect(await post(body, crm.server, '?encoding=koi8-r')).toMatchObject({ status: 200 });
    expect((await records(crm)).map((row) => row.traits['name'])).toEqual(['Ольга']);
    expect(await post(body, crm.server, '?encoding=klingon')).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('There is no encoding "klingon"') as string },
    });
  });

  it('turns away who may not, and what is no file', async () => {
    const crm = await department();
    expect(await post(people, undefined)).toMatchObject({ status: 401, body: { success: false } });
    expect(await post(people, 'fys_unknown')).toMatchObject({ status: 401 });
    expect(await post(people, crm.browser)).toMatchObject({ status: 403 });
    expect(await post('', crm.server)).toMatchObject({ status: 400, body: { message: 'The file is empty.' } });
    expect(await post(people, crm.server, '?map=%7B')).toMatchObject({ status: 400 });
  });
});
