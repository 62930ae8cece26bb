import { entities, migrations } from '../ormconfig.js';
import { dataSourceFor } from '../src/platform/database/data-source.js';
import { describeSchema } from '../src/platform/database/describe-schema.js';
import { expectCommitted } from './support/committed.js';
import { cloneDatabase, type TestDatabase } from './support/database.js';

describe('the migrations', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await cloneDatabase();
  });
  afterAll(() => database.drop());

  it('make of an empty database what migrations/schema.sql says', async () => {
    expectCommitted('migrations/schema.sql', await describeSchema((sql) => database.query(sql)));
  });

  it('leave nothing for TypeORM to change', async () => {
    const dataSource = dataSourceFor({ url: database.url, poolSize: 2, entities, migrations });
    await dataSource.initialize();
    const drift = await dataSource.driver.createSchemaBuilder().log();
    await dataSource.destroy();
    expect(drift.upQueries.map((query) => query.query)).toEqual([]);
  });
});
