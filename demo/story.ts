import { days, hours } from '../src/shared/clock.js';
import { newId } from '../src/shared/ids.js';
import { ask, openTablet, StepFailed, withAnalytics } from './api.js';
import {
  arrivals,
  checkIn,
  confirm,
  endVisit,
  issueWalletPass,
  readBoard,
  readVisit,
  saveConfiguration,
  takeVisit,
  walletPage,
} from './documents.js';
import type { DemoRetailer } from './retailer.js';
import type { StoryClock } from './story-clock.js';
import type { Narrator } from './narrator.js';

/** What a step of the story needs. */
export interface Stage {
  readonly url: string;
  readonly clock: StoryClock;
  readonly retailer: DemoRetailer;
  readonly tell: Narrator;
}

/** Somebody new in every run, so that each run tells the whole story. */
interface Cast {
  readonly userId: string;
  readonly loyaltyId: string;
  readonly sessionId: string;
}

interface Context {
  headline: { text: string }[];
  configurations: {
    modelLabel: string;
    total: { amountMinor: number; currency: string };
    changeSinceLastVisit: { added: { label: string }[]; removed: { label: string }[] } | null;
  }[];
  activity: { summary: string }[];
  purchases: { label: string }[];
  customer: { displayName: string; loyaltyId: string } | null;
  withheld: { field: string; reason: string }[];
  freshness: { step: string; state: string }[];
}
interface Visit {
  id: string;
  state: string;
  recognition: { status: string; strength: string; matchedBy: { explanation: string }[] };
  context: Context | null;
}

interface Announced {
  arrivals: { kind: string; visit: { id: string } };
}

const euros = (amount: number) => ({ amountMinor: amount * 100, currency: 'EUR' });
const green = { group: 'colour', code: 'green', label: 'Fir green', price: euros(600) };
const white = { group: 'colour', code: 'white', label: 'White', price: euros(0) };
const towBar = { group: 'extras', code: 'tow-bar', label: 'Tow bar', price: euros(900) };
const roof = { group: 'extras', code: 'glass-roof', label: 'Glass roof', price: euros(1400) };

/** Her card: its number, and the page that her account in the shop leads to. */
interface Card {
  readonly loyaltyId: string;
  readonly cardPage: string;
}

/** Plays the story of one customer through the public API; every step must hold. Tells her card, so that she can come again. */
export async function playStory(stage: Stage): Promise<Card> {
  const tag = newId().slice(-8);
  const cast = { userId: `ada-${tag}`, loyaltyId: `FOY${tag.toUpperCase()}`, sessionId: `session-${tag}` };
  stage.clock.shift(-days(1));
  await departmentsKnowHer(stage, cast);
  await firstVisit(stage, cast);
  stage.clock.shift(-hours(3));
  await sheChangesHerMindAtHome(stage, cast);
  stage.clock.shift(0);
  await nextNoon(stage, cast);
  return { loyaltyId: cast.loyaltyId, cardPage: await herCard(stage, cast) };
}

async function departmentsKnowHer({ url, clock, retailer, tell }: Stage, { userId, loyaltyId }: Cast): Promise<void> {
  const longAgo = new Date(clock.now().getTime() - days(400));
  const traits = {
    loyaltyId,
    firstName: 'Ada',
    lastName: 'Winter',
    email: `${userId}@shop.example`,
    loyaltyTier: 'regular',
  };
  await tell.step('The till reports what she bought last year', () =>
    withAnalytics(url, retailer.keys.till, (till) => {
      till.identify({ userId: loyaltyId, traits, timestamp: longAgo });
      till.track({
        userId: loyaltyId,
        event: 'Order Completed',
        timestamp: longAgo,
        properties: {
          order_id: `T-${userId}`,
          total: 249,
          currency: 'EUR',
          products: [{ product_id: 'rack', name: 'Roof rack', price: 249, quantity: 1 }],
        },
      });
    }),
  );
  await tell.step('The service desk opens a case, finance sends a reminder', async () => {
    await withAnalytics(url, retailer.keys.service, (service) => {
      service.identify({ userId: loyaltyId, traits });
      service.track({
        userId: loyaltyId,
        event: 'Service Case Opened',
        properties: { case_id: `S-${userId}`, summary: 'Rattle in the roof rack' },
      });
    });
    await withAnalytics(url, retailer.keys.finance, (finance) => {
      finance.identify({ userId: loyaltyId, traits });
      finance.track({
        userId: loyaltyId,
        event: 'Invoice Overdue',
        properties: { invoice_id: `F-${userId}`, summary: 'Second reminder' },
      });
    });
  });
  await tell.step('At home she signs in to the web shop and looks around', () =>
    withAnalytics(url, retailer.keys.shop, (shop) => {
      shop.identify({ userId, traits });
      shop.page({ userId, name: 'Estate', properties: { url: 'https://shop.example/estate' } });
      shop.track({
        userId,
        event: 'Product Viewed',
        properties: { product_id: 'estate', name: 'Estate', price: 37800, currency: 'EUR' },
      });
    }),
  );
}

/** The demo shop's picture of the estate with these options. */
function pictureOf(options: object[]): string {
  const [paint, roofed] = [options.includes(green) ? 'pine' : 'chalk', options.includes(roof) ? 'glass' : 'steel'];
  return `fjord-${paint}-vane-${roofed}-${options.includes(towBar) ? 'tow' : 'plain'}`;
}

async function save(
  { url, retailer }: Stage,
  cast: Cast,
  options: object[],
  abandoned: object[],
  total: number,
): Promise<{ url: string; code: string }> {
  const { saveConfiguration: answer } = await ask<{
    saveConfiguration: { pass: { url: string }; configuration: { code: string } };
  }>(url, retailer.keys.shop, saveConfiguration, {
    input: {
      idempotencyKey: newId(),
      sessionId: cast.sessionId,
      identifiers: [
        { kind: 'account', value: cast.userId },
        { kind: 'loyalty', value: cast.loyaltyId },
      ],
      model: 'estate',
      modelLabel: 'Estate',
      options,
      abandoned,
      total: euros(total),
      imageUrl: `${url}/shop/pictures/${pictureOf(options)}.svg`,
      url: 'https://shop.example/estate',
    },
  });
  return { url: answer.pass.url, code: answer.configuration.code };
}

async function arrive({ url, retailer }: Stage, code: string): Promise<Visit> {
  const { north } = retailer.stores;
  const { checkIn: answer } = await ask<{ checkIn: { __typename: string; message?: string; visit: Visit } }>(
    url,
    north.tabletToken,
    checkIn,
    {
      input: { storeId: north.id, idempotencyKey: newId(), code },
    },
  );
  if (answer.__typename !== 'CheckedIn') throw new StepFailed(answer.message ?? answer.__typename);
  return answer.visit;
}

async function say({ url, retailer }: Stage, document: string, variables: object): Promise<void> {
  const answer = await ask<Record<string, { __typename: string; message?: string }>>(
    url,
    retailer.staff.mika,
    document,
    variables,
  );
  const [result] = Object.values(answer);
  if (result?.__typename !== 'VisitChanged') throw new StepFailed(result?.message ?? String(result?.__typename));
}

async function firstVisit(stage: Stage, cast: Cast): Promise<void> {
  const { tell, url, retailer } = stage;
  const pass = await tell.step('Yesterday she saved the estate in white with a glass roof', () =>
    save(stage, cast, [white, roof], [], 39_200),
  );
  const visit = await tell.step('…and showed its QR at the door', () => arrive(stage, pass.url));
  await tell.step('Mika takes the visit, quotes, and says good-bye', async () => {
    await say(stage, takeVisit, { visitId: visit.id });
    if (visit.recognition.status !== 'CONFIRMED') await say(stage, confirm, { visitId: visit.id });
    await say(stage, endVisit, {
      input: {
        visitId: visit.id,
        idempotencyKey: newId(),
        outcome: 'QUOTED',
        note: 'Wants to think about the colour.',
      },
    });
  });
  await tell.step('Her visit is no longer readable by the associate', async () => {
    const { visit: after } = await ask<{ visit: { context: unknown } | null }>(url, retailer.staff.mika, readVisit, {
      id: visit.id,
    });
    if (after?.context) throw new StepFailed('An ended visit still shows her context.');
  });
}

async function sheChangesHerMindAtHome(stage: Stage, cast: Cast): Promise<void> {
  await stage.tell.step('At home she changes to green, adds the tow bar, takes the glass roof back', () =>
    save(stage, cast, [green, towBar], [roof], 38_800),
  );
}

async function nextNoon(stage: Stage, cast: Cast): Promise<void> {
  const { tell, url, retailer } = stage;
  const pass = await tell.step('Next noon her phone shows a fresh QR', () =>
    save(stage, cast, [green, towBar], [roof], 38_800),
  );
  const tablet = openTablet(url, retailer.stores.north.tabletToken);
  try {
    const storeId = retailer.stores.north.id;
    const { board } = await ask<{ board: { cursor: string } }>(url, retailer.stores.north.tabletToken, readBoard, {
      storeId,
    });
    const stream = tablet.iterate<Announced>({ query: arrivals, variables: { storeId, after: board.cursor } });
    const heard = stream.next();
    const visit = await tell.step('She holds it to the tablet at the door: the answer says who she is', () =>
      arrive(stage, pass.url),
    );
    await tell.step('The other tablet of the store has heard of it', async () => {
      const next = await heard;
      const arrival = next.done === true ? undefined : next.value.data?.arrivals;
      if (arrival?.visit.id !== visit.id) throw new StepFailed('Another visit was announced.');
    });
    await stream.return?.();
    const seen = await tell.step('A moment later everything is ready', () => ready(stage, visit.id));
    tell.show(seen);
    await tell.step('Mika takes the visit; Noor, tapping too, reads who was first', async () => {
      await say(stage, takeVisit, { visitId: visit.id });
      const late = await ask<{ takeVisit: { __typename: string; takenBy?: { displayName: string } } }>(
        url,
        retailer.staff.noor,
        takeVisit,
        { visitId: visit.id },
      );
      if (late.takeVisit.takenBy?.displayName !== 'Mika') throw new StepFailed('Noor did not read who was first.');
    });
    await tell.step('The visit ends with an outcome', () =>
      say(stage, endVisit, {
        input: { visitId: visit.id, idempotencyKey: newId(), outcome: 'SOLD', amount: euros(38_800) },
      }),
    );
  } finally {
    await tablet.dispose();
  }
}

async function herCard(stage: Stage, { loyaltyId }: Cast): Promise<string> {
  const { tell, url, retailer } = stage;
  const cardPage = await tell.step(
    'Her account in the shop has a card whose code changes every 30 seconds',
    async () => {
      const input = { idempotencyKey: newId(), loyaltyId };
      const { issueWalletPass: card } = await ask<{ issueWalletPass: { pageUrl?: string; message?: string } }>(
        url,
        retailer.keys.shop,
        issueWalletPass,
        { input },
      );
      if (!card.pageUrl) throw new StepFailed(card.message);
      return new URL(card.pageUrl).pathname;
    },
  );
  await tell.step('She shows it at the door, and nobody has to ask who she is', async () => {
    const token = cardPage.split('/').at(-1);
    const { walletPage: page } = await ask<{ walletPage: { codes: { text: string }[] } }>(url, '', walletPage, {
      token,
    });
    const visit = await arrive(stage, page.codes[0]?.text ?? '');
    if (visit.recognition.strength !== 'VERIFIED') throw new StepFailed(visit.recognition.strength);
    await say(stage, takeVisit, { visitId: visit.id });
    await say(stage, endVisit, { input: { visitId: visit.id, idempotencyKey: newId(), outcome: 'INFORMED' } });
  });
  return cardPage;
}

/** Reads the visit until every enrichment step is ready. */
async function ready({ url, retailer, tell }: Stage, id: string): Promise<Visit> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const { visit } = await ask<{ visit: Visit | null }>(url, retailer.stores.north.tabletToken, readVisit, { id });
    const steps = visit?.context?.freshness ?? [];
    if (visit && steps.length > 0 && steps.every(({ state }) => state === 'READY')) return visit;
    await tell.pause(25);
  }
  throw new StepFailed('The enrichment steps did not become ready within five seconds.');
}
