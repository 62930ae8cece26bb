import { Cast } from './support/cast.js';
import { textOf } from './support/committed.js';

describe('the README', () => {
  let cast: Cast;

  beforeAll(async () => {
    cast = await Cast.gather();
  });
  afterAll(() => cast.foyer.close());

  it('shows a query and the answer it gets', async () => {
    const readme = textOf('README.md');
    const [, query = '', answer = ''] = /```graphql\n([\s\S]*?)```\s*```json\n([\s\S]*?)```/.exec(readme) ?? [];
    await cast.knows(cast.shop, 'ada', { name: 'Ada Winter', email: 'ada@home.example' });
    const saved = await cast.saves([{ kind: 'account', value: 'ada' }], {
      model: 'estate',
      modelLabel: 'Estate',
      total: 3_880_000,
    });
    const variables = { storeId: cast.north.id, code: saved.pass.url };
    const { data, errors } = await cast.foyer.ask(query, variables, cast.north.tablet);
    expect({ ...(errors && { errors }), data }).toEqual(JSON.parse(answer));
  });
});
