import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DepartmentNumbers1700000009000 } from '../migrations/1700000009000-department-numbers.js';
import { entities, migrations } from '../ormconfig.js';
import { dataSourceFor } from '../src/platform/database/data-source.js';
import { describeSchema } from '../src/platform/database/describe-schema.js';
import { migrate } from '../src/platform/database/migrate.js';
import { expectCommitted } from './support/committed.js';
import { cloneDatabase, emptyDatabase, type TestDatabase } from './support/database.js';

describe('the migrations', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await cloneDatabase();
  });
  afterAll(() => database.drop());

  it('make of an empty database what migrations/schema.sql says', async () => {
    expectCommitted('migrations/schema.sql', await describeSchema((sql) => database.query(sql)));
  });

  it('are run, all of them, the oldest first', () => {
    const files = readdirSync(join(import.meta.dirname, '../migrations')).filter((name) => name.endsWith('.ts'));
    const named = (migrations as { name: string }[]).map(({ name }) => /\d+$/.exec(name)?.[0]);
    expect(named).toEqual(files.map((name) => name.slice(0, name.indexOf('-'))).sort());
  });

  it('leave nothing for TypeORM to change', async () => {
    const dataSource = dataSourceFor({ url: database.url, poolSize: 2, entities, migrations });
    await dataSource.initialize();
    const drift = await dataSource.driver.createSchemaBuilder().log();
    await dataSource.destroy();
    expect(drift.upQueries.map((query) => query.query)).toEqual([]);
  });

  it('call what departments had told as logins customer numbers, and take them off rows without an id', async () => {
    const dataSource = dataSourceFor({ url: database.url, poolSize: 2, entities, migrations });
    await dataSource.initialize();
    const row = `row-${'x'.repeat(22)}`;
    for (const kind of ['crm', 'web-shop']) {
      const [source] = await database.query<{ id: string }>(
        `INSERT INTO source (id, code, name, kind, department, country, created_at)
         VALUES (gen_random_uuid(), $1, $1, $1, 'sales', 'DE', now()) RETURNING id`,
        [kind],
      );
      await database.query(
        `WITH r AS (INSERT INTO record (id, source_id, source_key, country, trusted, first_seen_at, last_seen_at)
           SELECT gen_random_uuid(), $1, value, 'DE', true, now(), now() FROM unnest($2::text[]) value RETURNING id, source_key)
         INSERT INTO identifier SELECT id, 'account', $1 || ':' || source_key, source_key, true, now(), now() FROM r`,
        [source?.id, ['C-17', row]],
      );
    }
    await new DepartmentNumbers1700000009000().up(dataSource.createQueryRunner());
    await dataSource.destroy();
    const left = await database.query<{ said: string }>(
      `SELECT s.kind || ' ' || i.kind || substring(i.key FROM ':.*') AS said
       FROM identifier i JOIN record r ON r.id = i.record_id JOIN source s ON s.id = r.source_id ORDER BY 1`,
    );
    expect(left.map(({ said }) => said)).toEqual(['crm crm:c-17', 'web-shop account:C-17']);
  });
});

it('three first starts at once on an empty database apply every migration once, one of them all', async () => {
  const database = await emptyDatabase();
  const starts = Array.from({ length: 3 }, () =>
    dataSourceFor({ url: database.url, poolSize: 2, entities, migrations }),
  );
  try {
    await Promise.all(starts.map((start) => start.initialize()));
    const applied = await Promise.all(starts.map((start) => migrate(start)));
    const names = (migrations as { name: string }[]).map(({ name }) => name);
    expect(applied.sort((one, other) => one.length - other.length)).toEqual([[], [], names]);
    const kept = await database.query<{ name: string }>('SELECT name FROM schema_migration ORDER BY id');
    expect(kept.map(({ name }) => name)).toEqual(names);
    expectCommitted('migrations/schema.sql', await describeSchema((sql) => database.query(sql)));
  } finally {
    for (const start of starts) await start.destroy();
    await database.drop();
  }
});
