import { openFoyer, type Foyer } from './support/foyer.js';
import { Retailer, type TestStore } from './support/retailer.js';

describe('check-in', () => {
  let foyer: Foyer;
  let store: TestStore;

  beforeAll(async () => {
    foyer = await openFoyer();
    store = await new Retailer(foyer.database).store('north');
  });
  afterAll(() => foyer.close());

  it('lets an anonymous visitor in', async () => {
    const answer = await foyer.ask(
      `mutation ($input: CheckInInput!) { checkIn(input: $input) { __typename ... on CheckedIn { repeated visit { id state calledName partySize recognition { status strength matchedBy { identifier } candidates { id } } store { code } associate { id } warnings { text } } } } }`,
      { input: { storeId: store.id, idempotencyKey: 'k1', calledName: 'grey coat', partySize: 2 } },
      store.tablet,
    );
    console.log(JSON.stringify(answer));
    const board = await foyer.ask(`query ($id: ID!) { board(storeId: $id) { cursor present { id state } expected { id } } }`, { id: store.id }, store.tablet);
    console.log(JSON.stringify(board));
  });
});
