import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { Database } from '../../src/platform/database/database.js';
import { newId } from '../../src/shared/ids.js';
import { ask, StepFailed, withAnalytics } from '../api.js';
import type { DemoRetailer } from '../retailer.js';
import type { StoryClock } from '../story-clock.js';

/** What the camera of a device does. */
export type Camera = 'seesAPhone' | 'isRefused' | 'isMissing';

/** How somebody looks at a page, and with what. */
export interface Look {
  readonly dark?: boolean;
  readonly german?: boolean;
  readonly camera?: Camera;
}

/** Where pictures are taken: a running Foyer whose story has been played, and a browser. */
export interface Studio {
  readonly url: string;
  readonly clock: StoryClock;
  readonly database: Database;
  readonly retailer: DemoRetailer;
  /** The token of a tablet on which Mika has a shift open. */
  readonly shift: string;
  /** Ada's card. */
  readonly loyaltyId: string;
  /** The path of the page that shows it. */
  readonly cardPage: string;
  /** Opens a page on a device of its own. */
  readonly open: (size: { width: number; height: number }, path: string, look?: Look) => Promise<Page>;
  /** Takes a picture under a name, once the page has come to rest. */
  readonly take: (page: Page, name: string) => Promise<void>;
}

export const tablet = { width: 1180, height: 820 };
export const upright = { width: 820, height: 1180 };
export const phone = { width: 390, height: 844 };
export const wide = { width: 1600, height: 1000 };

/** Somebody comes in. */
export async function arrives({ url, retailer }: Studio, said: object, at: 'north' | 'south' = 'north'): Promise<void> {
  const { id, tabletToken } = retailer.stores[at];
  const input = { storeId: id, idempotencyKey: newId(), ...said };
  const { checkIn } = await ask<{ checkIn: { __typename: string; message?: string } }>(
    url,
    tabletToken,
    'mutation ($input: CheckInInput!) { checkIn(input: $input) { __typename ... on Refusal { message } } }',
    { input },
  );
  if (checkIn.__typename !== 'CheckedIn') throw new StepFailed(checkIn.message);
}

/** A department tells who somebody is; done once it has been understood. */
export async function knows(
  { url, retailer, database }: Studio,
  by: 'till' | 'service',
  traits: object,
): Promise<void> {
  const userId = newId();
  await withAnalytics(url, retailer.keys[by], (sdk) => sdk.identify({ userId, traits }));
  const derived = 'SELECT FROM membership WHERE record_id = (SELECT id FROM record WHERE source_key = $1)';
  while ((await database.query(derived, [`user:${userId}`])).length === 0) await sleep(50);
}
