import { serverAudits } from 'graphql-http';
import { openFoyer, type Foyer } from './support/foyer.js';

let foyer: Foyer;

beforeAll(async () => {
  foyer = await openFoyer({ logLevel: 'silent' });
});

afterAll(async () => foyer?.close());

const audits = serverAudits({ url: () => `${foyer.url}/graphql`, fetchFn: fetch });

describe('GraphQL over HTTP, as the specification has it', () => {
  it('has audits to hold', () => {
    expect(audits.length).toBeGreaterThanOrEqual(60);
  });

  it.each(
    audits
      .filter(({ name }) => /^(MUST|SHOULD)/.test(name))
      .map((audit) => [`${audit.id} ${audit.name}`, audit] as const),
  )('%s', async (_, audit) => {
    const result = await audit.fn();
    expect(result).toMatchObject({ status: 'ok' });
  });
});
