import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../src/cli/run.js';
import { Cast } from './support/cast.js';
import type { TestSource } from './support/retailer.js';
import { ShopFloor } from './support/shop-floor.js';

let cast: Cast;
let floor: ShopFloor;
let directory: string;
let number = 0;

beforeAll(async () => {
  cast = await Cast.gather();
  floor = new ShopFloor(cast.foyer);
  directory = mkdtempSync(join(tmpdir(), 'foyer-dirty-'));
});
afterAll(async () => {
  await cast?.foyer.close();
  rmSync(directory, { recursive: true, force: true });
});

const headings = ['id', 'given name', 'family name', 'birth date', 'email', 'phone', 'street', 'postal code', 'city'];

/** One row of a department's file; what is left out at the end is empty. */
type Row = readonly (string | undefined)[];

/** Imports a file and says whose rows are whose, by id: `1+2 3`. */
async function customersOf(...rows: Row[]): Promise<string> {
  const source = await department();
  await imported(source, rows);
  return customersAmong([source]);
}

/** As `customersOf`, each row the file of a department of its own. */
async function customersAcross(...rows: Row[]): Promise<string> {
  const sources: TestSource[] = [];
  for (const row of rows) {
    const source = await department();
    await imported(source, [row]);
    sources.push(source);
  }
  return customersAmong(sources);
}

async function customersAmong(sources: readonly TestSource[]): Promise<string> {
  const found = await cast.foyer.database.query<{ ids: string }>(
    `SELECT string_agg(replace(r.source_key, 'user:', ''), '+' ORDER BY r.source_key) AS ids
     FROM membership m JOIN record r ON r.id = m.record_id WHERE r.source_id = ANY($1) GROUP BY m.customer_id`,
    [sources.map(({ id }) => id)],
  );
  return found
    .map(({ ids }) => ids)
    .sort()
    .join(' ');
}

/** Which records of a file were found alike enough to keep, and as what: `1-2 scored`. */
async function comparedIn({ id }: TestSource): Promise<string[]> {
  const edges = await cast.foyer.database.query<{ edge: string }>(
    `SELECT replace(least(a.source_key, b.source_key) || '-' || greatest(a.source_key, b.source_key), 'user:', '')
       || ' ' || e.kind AS edge
     FROM edge e JOIN record a ON a.id = e.lo JOIN record b ON b.id = e.hi
     WHERE a.source_id = $1 AND b.source_id = $1 ORDER BY edge`,
    [id],
  );
  return edges.map(({ edge }) => edge);
}

async function department(kind = 'crm'): Promise<TestSource> {
  number += 1;
  return cast.retailer.source(`department-${number}`, kind, { trusted: true });
}

async function imported(
  source: TestSource,
  rows: readonly Row[],
  columns: readonly string[] = headings,
): Promise<void> {
  const path = join(directory, `${source.code}.csv`);
  const cell = (text = ''): string => `"${text.replaceAll('"', '""')}"`;
  const lines = rows.map((row) => columns.map((_, index) => cell(row[index])).join(','));
  writeFileSync(path, [columns.join(','), ...lines].join('\n'));
  const out: string[] = [];
  const output = { out: (text: string) => out.push(text), err: (text: string) => out.push(text) };
  const environment = { DATABASE_URL: cast.foyer.database.url, FOYER_DIR: cast.foyer.config.directory };
  const line = ['import', path, '--source', source.code, '--json'];
  const code = await runCommand(line, { environment, output, clock: cast.foyer.clock });
  if (code !== 0) throw new Error(out.join('\n'));
}

async function traitsOf(source: TestSource): Promise<Record<string, string>[]> {
  const rows = await cast.foyer.database.query<{ traits: Record<string, string> }>(
    'SELECT traits FROM record WHERE source_id = $1 ORDER BY source_key',
    [source.id],
  );
  return rows.map(({ traits }) => traits);
}

describe('two people stay two', () => {
  it.each<[string, string, ...Row[]]>([
    [
      'twins',
      '1 2',
      ['1', 'Karin', 'Winkelmann', '1990-05-05', '', '', 'Hauptstr. 12', '10115', 'Berlin'],
      ['2', 'Maren', 'Winkelmann', '1990-05-05', '', '', 'Hauptstr. 12', '10115', 'Berlin'],
    ],
    [
      'father and son of one name',
      '1 2',
      ['1', 'Theo', 'Brandauer', '1950-03-02', '', '030 901821', 'Lindenweg 3', '10115', 'Berlin'],
      ['2', 'Theo', 'Brandauer', '1979-08-17', '', '030 901821', 'Lindenweg 3', '10115', 'Berlin'],
    ],
    [
      'a couple with one mail box, and whoever gives only that',
      '1 2 3',
      ['1', 'Paula', 'Osterkamp', '', 'familie@osterkamp.example'],
      ['2', 'Jochen', 'Osterkamp', '', 'familie@osterkamp.example'],
      ['3', '', '', '', 'familie@osterkamp.example'],
    ],
    [
      'the old and the new owner of a phone number',
      '1 2',
      ['1', 'Selma', 'Quist', '', '', '0160 5091044', '', '10115', 'Berlin'],
      ['2', 'Oskar', 'Petersen', '', '', '0160 5091044', '', '20095', 'Hamburg'],
    ],
    [
      'customers for whom staff typed her own address',
      '1 2 3 4',
      ['1', 'Lena', 'Arnold', '', 'kim@till.example'],
      ['2', 'Theo', 'Marquardt', '', 'kim@till.example'],
      ['3', 'Ines', 'Kowalski', '', 'kim@till.example'],
      ['4', 'Kim', 'Sommer', '', 'kim@till.example'],
    ],
  ])('%s', async (_, expected, ...rows) => {
    expect(await customersOf(...rows)).toBe(expected);
  });

  it('rows in which everything says nothing, beside rows that say the same of somebody', async () => {
    // Some of it the import leaves out; the rest is for the normal forms to tell.
    const nothing = ['Anonymous', 'Guest', '00.00.0000', 'n/a', '0000000', 'xxxx', '-', 'missing'];
    const somebody = ['Tess', 'Unkenholz', '1980-02-01', '', '', 'Ringweg 3', '10115', 'Berlin'];
    const source = await department();
    await imported(source, [
      ['1', ...nothing],
      ['2', ...nothing],
      ['3', ...somebody],
      ['4', ...somebody],
    ]);
    expect(await customersAmong([source])).toBe('1 2 3+4');
    expect(await comparedIn(source)).toEqual(['3-4 scored']);
  });

  it('namesakes in Arabic who were born on one day, beside one of them with a slip of the pen', async () => {
    const source = await department();
    await imported(source, [
      ['1', 'مريم', 'حداد', '1980-02-01'],
      ['2', 'ليلى', 'حداد', '1980-02-01'],
      ['3', 'مريم', 'حدادي', '01.02.1980'],
    ]);
    expect(await customersAmong([source])).toBe('1+3 2');
    expect(await comparedIn(source)).toEqual(['1-3 scored']);
  });

  it('five hundred on one phone number, and the import ends', async () => {
    const names = ['ba', 'ce', 'di', 'fo', 'gu', 'ha', 'ke', 'li', 'mo', 'nu'];
    const rows = Array.from({ length: 500 }, (_, n): Row => {
      const name = [...String(n).padStart(3, '0')].map((digit) => names[Number(digit)]).join('');
      return [String(n), `${name[0]?.toUpperCase()}${name.slice(1)}`, `${name}mann`, '', '', '030 7001234'];
    });
    expect((await customersOf(...rows)).split(' ')).toHaveLength(500);
  }, 120_000);
});

const home = ['', '', 'Ringweg 7', '10115', 'Berlin'] as const;

describe('one person is one', () => {
  it.each<[string, string, ...Row[]]>([
    ['in Hebrew', '1+2', ['1', 'מרים', 'לוי', '1980-02-01', ...home], ['2', 'מרים', 'לוי', '1980-02-01', ...home]],
    [
      'in Greek, with and without accents',
      '1+2',
      ['1', 'Γεώργιος', 'Παπαδόπουλος', '1975-04-03', ...home],
      ['2', 'ΓΕΩΡΓΙΟΣ', 'ΠΑΠΑΔΟΠΟΥΛΟΣ', '03.04.1975', ...home],
    ],
    [
      'in Cyrillic and as the passport office writes it',
      '1+2',
      ['1', 'Иван', 'Петров', '1975-09-30', ...home],
      ['2', 'Ivan', 'Petrov', '1975-09-30', ...home],
    ],
    [
      'with a mark of direction in her name',
      '1+2',
      ['1', '\u200fמרים', 'כהן\u200e', '1981-02-01', ...home],
      ['2', 'מרים', 'כהן', '1981-02-01', ...home],
    ],
    [
      'with the slip of a clerk',
      '1+2',
      ['1', 'Theresa', 'Langenfeld', '1969-09-30', ...home],
      ['2', 'Therese', 'Langenfeld', '30.09.1969', ...home],
    ],
  ])('%s', async (_, expected, ...rows) => {
    expect(await customersAcross(...rows)).toBe(expected);
  });
});

describe('one person several times in one file', () => {
  it('is one, however the clerk misspelt her, and her neighbours stay who they are', async () => {
    const street = ['', '', 'Ringweg 9', '10115', 'Berlin'] as const;
    const rows: Row[] = [
      ['a1', 'Theresa', 'Langenfeld', '1969-09-30', ...street],
      ['a2', 'Therese', 'Langenfeld', '30.09.1969', '', '', 'Ringweg 9', '10115', ''],
      ['a3', 'Theresa', 'Langenfeldt', '1969-09-30', '', '', 'Ringwg 9', '10115', 'Berlin'],
      ['a4', 'Theresa', 'Langenfeld', '1969-09-03', ...street],
      ['a5', 'Langenfeld', 'Theresa', '1969-09-30', ...street],
      ['b1', 'Karsten', 'Langenfeld', '1967-01-12', ...street],
      ['b2', 'Carsten', 'Langenfeld', '1967-01-12', ...street],
      ['c1', 'Jule', 'Langenfeld', '1999-05-05', ...street],
      ['c2', 'Meike', 'Langenfeld', '1999-05-05', ...street],
    ];
    expect(await customersOf(...rows)).toBe('a1+a2+a3+a4+a5 b1+b2 c1 c2');
  });

  it('is two to a shop that knows two logins', async () => {
    const shop = await department('web-shop');
    const row = ['Nele', 'Achterberg', '1988-04-02', '', '', 'Deichweg 4', '24103', 'Kiel'];
    await imported(shop, [
      ['l1', ...row],
      ['l2', ...row],
    ]);
    expect(await customersAmong([shop])).toBe('l1 l2');
  });

  it('keeps her mail address hers, under many numbers of one file and in orders without any', async () => {
    const [crm, till] = [await department(), await department('point-of-sale')];
    const email = 'wiebke@harms.example';
    await imported(
      crm,
      Array.from({ length: 12 }, (_, n) => [`w${10 + n}`, 'Wiebke', 'Harms', '', email]),
    );
    await imported(
      till,
      Array.from({ length: 7 }, (_, n) => [
        `O-${n}`,
        `2026-02-0${n + 1}`,
        '19.90',
        email,
        n % 2 ? 'Wiebke Harms' : '',
        `Deichweg ${n}`,
      ]),
      ['order no', 'order date', 'total', 'email', 'name', 'street'],
    );
    const customers = await cast.foyer.database.query<{ records: number }>(
      `SELECT count(*)::int AS records FROM membership m JOIN record r ON r.id = m.record_id
       WHERE r.source_id = ANY($1) GROUP BY m.customer_id`,
      [[crm.id, till.id]],
    );
    expect(customers).toEqual([{ records: 19 }]);
  });
});

describe('what a source says and takes back', () => {
  it('counts by when it was so, in whatever order it is heard', async () => {
    const source = await department();
    const says = (at: string, email: string) =>
      floor.tells(source, { type: 'identify', userId: 'u1', timestamp: at, traits: { firstName: 'Rosa', email } });
    await says('2026-03-05T09:00:00Z', 'rosa@second.example');
    await says('2026-03-01T09:00:00Z', 'rosa@first.example');
    expect((await traitsOf(source))[0]?.['email']).toBe('rosa@second.example');
    await says('2026-03-07T09:00:00Z', 'rosa@third.example');
    await says('2026-03-06T09:00:00Z', 'rosa@second.example');
    expect((await traitsOf(source))[0]?.['email']).toBe('rosa@third.example');
  });

  it('is one record however often one id is told', async () => {
    const source = await department();
    const say = (city: string) =>
      floor.tells(source, { type: 'identify', userId: 'twice', traits: { firstName: 'Vera', address: { city } } });
    await say('Berlin');
    cast.foyer.clock.advance(60_000);
    await say('Hamburg');
    expect(await traitsOf(source)).toMatchObject([{ givenName: 'Vera', locality: 'Hamburg' }]);
  });

  it('keeps a date of birth in the future from being evidence, whoever tells it', async () => {
    const [one, other] = [await department(), await department()];
    const born = { firstName: 'Zora', lastName: 'Immenhof', birthday: '2090-01-01' };
    const a = await cast.knows(one, 'f1', born);
    const b = await cast.knows(other, 'f2', born);
    const edges = await cast.foyer.database.query<{ fields: string }>(
      `SELECT string_agg(e->>'field', ' ') AS fields FROM edge, jsonb_array_elements(evidence) e
       WHERE lo = least($1::uuid, $2::uuid) AND hi = greatest($1::uuid, $2::uuid)`,
      [a, b],
    );
    expect(edges[0]?.fields ?? '').not.toContain('birth');
  });
});
