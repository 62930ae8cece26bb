import type { Page } from 'playwright-core';
import { v7 } from 'uuid';
import { ask, eventually } from '../../support/foyer.js';
import type { TestSource, TestStore } from '../../support/retailer.js';

/** What the shop shows after a save. */
export interface Saved {
  readonly configuration: { readonly code: string };
  readonly pass: { readonly url: string };
  readonly link: string;
}

const save = `mutation ($input: SaveConfigurationInput!) { saveConfiguration(input: $input) {
  ... on SavedConfiguration { configuration { code } pass { url } link } } }`;
const euro = (amountMinor: number): object => ({ amountMinor, currency: 'EUR' });

/** Somebody builds an estate in green at home; the shop's page says what she calls herself, if she does. */
export async function buildsAtHome(url: string, shop: TestSource, firstName?: string): Promise<Saved> {
  const device = v7();
  const email = firstName && `${firstName.toLowerCase()}@shop.example`;
  if (firstName) {
    const batch = [{ type: 'identify', messageId: v7(), anonymousId: device, traits: { email, firstName } }];
    const headers = { authorization: `Basic ${btoa(`${shop.browser}:`)}`, origin: url };
    const told = await fetch(`${url}/v1/batch`, { method: 'POST', headers, body: JSON.stringify({ batch }) });
    if (!told.ok) throw new Error(await told.text());
  }
  const input = {
    idempotencyKey: v7(),
    sessionId: v7(),
    identifiers: [{ kind: 'device', value: device }, ...(email ? [{ kind: 'email', value: email }] : [])],
    model: 'fjord',
    modelLabel: 'Halden Fjord',
    options: [{ group: 'paint', code: 'pine', label: 'Pine green', price: euro(89_000) }],
    total: euro(3_729_000),
    imageUrl: `${url}/shop/pictures/fjord-pine-vane-glass-tow.svg`,
  };
  const { data } = await ask<{ saveConfiguration: Saved }>(url, save, { input }, shop.browser, { origin: url });
  return data.saveConfiguration;
}

/** The shop's server signs a member in, and gets the card for her account: its id, and the path of its page. */
export async function hasCard(url: string, shop: TestSource, loyaltyId: string): Promise<{ id: string; path: string }> {
  const identifiers = [{ kind: 'loyalty', value: loyaltyId }];
  const built = { idempotencyKey: v7(), sessionId: v7(), identifiers, model: 'fjord', options: [], total: euro(1) };
  await ask(url, save, { input: built }, shop.server);
  const issue = `mutation ($input: IssueWalletPassInput!) { issueWalletPass(input: $input) {
    ... on WalletPass { id pageUrl } } }`;
  const input = { idempotencyKey: v7(), loyaltyId };
  const { data } = await ask<{ issueWalletPass: { id: string; pageUrl: string } }>(url, issue, { input }, shop.server);
  const { id, pageUrl } = data.issueWalletPass;
  return { id, path: new URL(pageUrl).pathname };
}

/** Somebody comes in, checked in by the store's other tablet; answers with the visit. */
export async function arrives(url: string, store: TestStore, said: object): Promise<string> {
  const input = { storeId: store.id, idempotencyKey: v7(), ...said };
  const document = 'mutation ($input: CheckInInput!) { checkIn(input: $input) { ... on CheckedIn { visit { id } } } }';
  const checkIn = async (): Promise<string | undefined> => {
    const { data } = await ask<{ checkIn: { visit?: { id: string } } } | null>(url, document, { input }, store.tablet);
    return data?.checkIn.visit?.id;
  };
  // A busy server may ask to come back; the key makes it one check-in.
  return eventually('she is checked in', checkIn);
}

/** Her visit is ended by a colleague at the store's other tablet. */
export async function leaves(url: string, store: TestStore, visitId: string): Promise<void> {
  const input = { visitId, idempotencyKey: v7(), outcome: 'INFORMED' };
  const document = 'mutation ($input: EndVisitInput!) { endVisit(input: $input) { __typename } }';
  const end = async (): Promise<boolean> => {
    const { data } = await ask<{ endVisit: { __typename: string } } | null>(url, document, { input }, store.tablet);
    return data?.endVisit.__typename === 'VisitChanged';
  };
  // A busy server may ask to come back; the key makes it one ending.
  await eventually('her visit is ended', end);
}

/** Whom the server has on a store's board, by the names to call out. */
export async function namesIn(url: string, store: TestStore): Promise<(string | null)[]> {
  const document = 'query ($id: ID!) { board(storeId: $id) { present { calledName } } }';
  const board = async (): Promise<{ present: { calledName: string | null }[] } | undefined> => {
    const { data } = await ask<{ board: { present: { calledName: string | null }[] } } | null>(
      url,
      document,
      { id: store.id },
      store.tablet,
    );
    return data?.board;
  };
  // A busy server may ask to come back.
  const { present } = await eventually('the board is read', board);
  return present.map((visit) => visit.calledName);
}

/** Checks somebody in on a tablet by what is typed off her pass or card. */
export async function typeCode(tablet: Page, code: string): Promise<void> {
  await checkIn(tablet, 'Type a code', 'Code, card or loyalty number', code);
}

/** Checks somebody in on a tablet who has nothing but a name to call out. */
export async function callOut(tablet: Page, name: string): Promise<void> {
  await checkIn(tablet, 'No code', /What shall we call out/, name);
}

async function checkIn(tablet: Page, way: string, label: string | RegExp, said: string): Promise<void> {
  await tablet.getByRole('button', { name: 'Check in' }).click();
  await tablet.getByRole('tab', { name: way }).click();
  await tablet.getByLabel(label).fill(said);
  await tablet.getByRole('tabpanel').getByRole('button', { name: 'Check in' }).click();
}
