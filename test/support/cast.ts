import { v7 } from 'uuid';
import { eventually, openFoyer, type Foyer } from './foyer.js';
import { Retailer, type TestSource, type TestStaff, type TestStore } from './retailer.js';

/** A visit as the tablets of the stories read it. */
export interface SeenVisit {
  id: string;
  state: string;
  purpose: string | null;
  calledName: string | null;
  partySize: number;
  arrivedAt: string | null;
  takenAt: string | null;
  endedAt: string | null;
  associate: { id: string; displayName: string } | null;
  warnings: { text: string; because: string[] }[];
  recognition: {
    status: string;
    strength: string;
    matchedBy: { identifier: string; strength: string; explanation: string }[];
    candidates: { id: string; maskedName: string; explanation: string }[];
  };
}

/** Any answer of the door: which one it is, and the fields that one has. */
export interface DoorAnswer {
  __typename: string;
  visit: SeenVisit;
  repeated: boolean;
  code: string;
  message: string;
  state: string;
  takenBy: { id: string; displayName: string } | null;
  usedAt: string;
  expiredAt: string;
  retryAfterSeconds: number;
}

/** What the shop shows after a save. */
export interface Saved {
  configuration: { id: string; code: string };
  pass: { url: string; expiresAt: string };
  link: string;
}

const visitFields = `fragment Seen on Visit {
  id state purpose calledName partySize arrivedAt takenAt endedAt associate { id displayName } warnings { text because }
  recognition {
    status strength matchedBy { identifier strength explanation } candidates { id maskedName explanation }
  }
}`;

const refusals = `__typename ... on Refusal { code message }`;

const documents = {
  checkIn: `mutation ($input: CheckInInput!) { answer: checkIn(input: $input) {
    ${refusals} ... on CheckedIn { repeated visit { ...Seen } } ... on PassExpired { expiredAt }
    ... on PassAlreadyUsed { usedAt } ... on TooManyAttempts { retryAfterSeconds } } } ${visitFields}`,
  identifyVisit: `mutation ($input: IdentifyVisitInput!) { answer: identifyVisit(input: $input) {
    ${refusals} ... on VisitChanged { visit { ...Seen } } ... on NotPossibleNow { state takenBy { id displayName } } } } ${visitFields}`,
  endVisit: `mutation ($input: EndVisitInput!) { answer: endVisit(input: $input) {
    ${refusals} ... on VisitChanged { visit { ...Seen } } ... on NotPossibleNow { state takenBy { id displayName } } } } ${visitFields}`,
};

const step = (call: string, variables: string): string =>
  `mutation (${variables}) { answer: ${call} {
    ${refusals} ... on VisitChanged { visit { ...Seen } } ... on NotPossibleNow { state takenBy { id displayName } } } } ${visitFields}`;

/** Two stores, their staff, and the systems that speak: everybody the stories of the door are about. */
export class Cast {
  private constructor(
    readonly foyer: Foyer,
    readonly retailer: Retailer,
    readonly north: TestStore,
    readonly south: TestStore,
    readonly bob: TestStaff,
    readonly eve: TestStaff,
    readonly shop: TestSource,
    readonly club: TestSource,
  ) {}

  /** Raises the curtain; lower it with `foyer.close()`. */
  static async gather(): Promise<Cast> {
    const foyer = await openFoyer();
    const retailer = new Retailer(foyer.database);
    const north = await retailer.store('north');
    const south = await retailer.store('south');
    const bob = await retailer.staff('Bob', 'ASSOCIATE', [north]);
    const eve = await retailer.staff('Eve', 'ASSOCIATE', [north, south]);
    const shop = await retailer.source('shop', 'web-shop');
    const club = await retailer.source('club', 'loyalty', { trusted: true });
    return new Cast(foyer, retailer, north, south, bob, eve, shop, club);
  }

  /** Asks as somebody; the answer of the one root field, which must not fail. */
  async ask<Data>(document: string, variables: Record<string, unknown>, token: string): Promise<Data> {
    const { data, errors } = await this.foyer.ask<Data>(document, variables, token);
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  }

  /** Checks somebody in at a tablet of the north store, unless told otherwise. */
  async checkIn(
    input: Record<string, unknown> = {},
    { store = this.north, token = store.tablet }: { store?: TestStore; token?: string } = {},
  ): Promise<DoorAnswer> {
    const full = { storeId: store.id, idempotencyKey: v7(), ...input };
    const { answer } = await this.ask<{ answer: DoorAnswer }>(documents.checkIn, { input: full }, token);
    return answer;
  }

  /** Says later who somebody is. */
  async identify(visitId: string, input: Record<string, unknown>, token = this.bob.token): Promise<DoorAnswer> {
    const full = { visitId, idempotencyKey: v7(), ...input };
    const { answer } = await this.ask<{ answer: DoorAnswer }>(documents.identifyVisit, { input: full }, token);
    return answer;
  }

  /** Says farewell. */
  async end(visitId: string, input: Record<string, unknown> = {}, token = this.bob.token): Promise<DoorAnswer> {
    const full = { visitId, idempotencyKey: v7(), outcome: 'INFORMED', ...input };
    const { answer } = await this.ask<{ answer: DoorAnswer }>(documents.endVisit, { input: full }, token);
    return answer;
  }

  /** An associate takes a visit. */
  async take(visitId: string, token = this.bob.token): Promise<DoorAnswer> {
    const document = step('takeVisit(visitId: $id)', '$id: ID!');
    return (await this.ask<{ answer: DoorAnswer }>(document, { id: visitId }, token)).answer;
  }

  /** Greets by name, and it is so. */
  async confirm(visitId: string, candidateId?: string, token = this.bob.token): Promise<DoorAnswer> {
    const document = step('confirmIdentity(visitId: $id, candidateId: $candidate)', '$id: ID!, $candidate: ID');
    const variables = { id: visitId, candidate: candidateId };
    return (await this.ask<{ answer: DoorAnswer }>(document, variables, token)).answer;
  }

  /** Says that it is the wrong person: whoever it is, or the one of whom it was said; null for none of several. */
  async dispute(visitId: string, token = this.bob.token, of: { customerId?: string | null } = {}): Promise<DoorAnswer> {
    const document = step('disputeIdentity(visitId: $id, customerId: $customerId)', '$id: ID!, $customerId: ID');
    return (await this.ask<{ answer: DoorAnswer }>(document, { id: visitId, ...of }, token)).answer;
  }

  /** Sets what somebody came for. */
  async setPurpose(visitId: string, purpose: string, token = this.bob.token): Promise<DoorAnswer> {
    const document = step('setPurpose(visitId: $id, purpose: $purpose)', '$id: ID!, $purpose: VisitPurpose!');
    return (await this.ask<{ answer: DoorAnswer }>(document, { id: visitId, purpose }, token)).answer;
  }

  /** Who is in a store. */
  async board(store = this.north): Promise<{ cursor: string; present: SeenVisit[]; expected: SeenVisit[] }> {
    const document = `query ($id: ID!) { board(storeId: $id) { cursor present { ...Seen } expected { ...Seen } } } ${visitFields}`;
    const { board } = await this.ask<{ board: Awaited<ReturnType<Cast['board']>> }>(
      document,
      { id: store.id },
      store.tablet,
    );
    return board;
  }

  /** One visit as a tablet of its store reads it. */
  async visit(id: string, token = this.north.tablet): Promise<SeenVisit | null> {
    const document = `query ($id: ID!) { visit(id: $id) { ...Seen } } ${visitFields}`;
    return (await this.ask<{ visit: SeenVisit | null }>(document, { id }, token)).visit;
  }

  /** Looks somebody up in the north store. */
  async lookUp(
    who: { name?: string; identifier?: { kind: string; value: string }; birthDate?: string },
    token = this.bob.token,
  ): Promise<{ id: string; maskedName: string; explanation: string }[]> {
    const document = `query ($storeId: ID!, $name: String, $identifier: IdentifierInput, $birthDate: String) {
      lookUp(storeId: $storeId, name: $name, identifier: $identifier, birthDate: $birthDate) { id maskedName explanation } }`;
    const { lookUp } = await this.ask<{ lookUp: Awaited<ReturnType<Cast['lookUp']>> }>(
      document,
      { storeId: this.north.id, ...who },
      token,
    );
    return lookUp;
  }

  /** Somebody configures at home; a server key asserts who she is, a browser key only claims. */
  async saves(
    identifiers: { kind: string; value: string }[],
    {
      key = this.shop.server,
      model = 'city-ev',
      modelLabel = 'City EV',
      sessionId = v7(),
      total = 3_000_000,
      options = ['tow-bar'],
    } = {},
  ): Promise<Saved> {
    const document = `mutation ($input: SaveConfigurationInput!) { saveConfiguration(input: $input) {
      ... on SavedConfiguration { configuration { id code } pass { url expiresAt } link } } }`;
    const input = {
      idempotencyKey: v7(),
      sessionId,
      identifiers,
      model,
      modelLabel,
      options: options.map((code) => ({ group: 'extras', code, label: code })),
      total: { amountMinor: total, currency: 'EUR' },
    };
    const headers: Record<string, string> = key === this.shop.browser ? { origin: 'https://shop.example' } : {};
    const { data, errors } = await this.foyer.ask<{ saveConfiguration: Saved }>(document, { input }, key, headers);
    if (errors) throw new Error(JSON.stringify(errors));
    return data.saveConfiguration;
  }

  /** A system tells who somebody is; done once it has been understood. */
  async knows(source: TestSource, userId: string, traits: Record<string, unknown>): Promise<string> {
    const response = await fetch(`${this.foyer.url}/v1/identify`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Basic ${Buffer.from(`${source.server}:`).toString('base64')}`,
      },
      body: JSON.stringify({ userId, traits, messageId: v7() }),
    });
    if (!response.ok) throw new Error(`identify was answered ${response.status}`);
    const record = await eventually(`${source.code} knows ${userId}`, async () => {
      const rows = await this.foyer.database.query<{ id: string }>(
        'SELECT r.id FROM record r JOIN membership m ON m.record_id = r.id WHERE r.source_id = $1 AND r.source_key = $2',
        [source.id, `user:${userId}`],
      );
      return rows[0];
    });
    return record.id;
  }

  /** The customer of a record or of a visit's own record. */
  async customerOf(recordId: string): Promise<string | undefined> {
    const rows = await this.foyer.database.query<{ customer_id: string }>(
      'SELECT customer_id FROM membership WHERE record_id = $1',
      [recordId],
    );
    return rows[0]?.customer_id;
  }

  /** What the database holds of a visit. */
  async row(visitId: string): Promise<Record<string, string | null>> {
    const [row] = await this.foyer.database.query<Record<string, string | null>>('SELECT * FROM visit WHERE id = $1', [
      visitId,
    ]);
    if (!row) throw new Error(`No visit ${visitId}.`);
    return row;
  }

  /** Verbs of the audit trail about a visit, oldest first. */
  async audited(visitId: string): Promise<string[]> {
    const rows = await this.foyer.database.query<{ action: string }>(
      "SELECT action FROM audit WHERE visit_id = $1 AND action NOT LIKE '%read%' ORDER BY at, id",
      [visitId],
    );
    return rows.map((row) => row.action);
  }

  /** What a store's feed told since a number. */
  async feed(store = this.north): Promise<{ seq: string; kind: string; visit_id: string }[]> {
    return this.foyer.database.query('SELECT seq, kind, visit_id FROM feed_entry WHERE store_id = $1 ORDER BY seq', [
      store.id,
    ]);
  }
}
