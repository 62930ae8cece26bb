import type { Browser } from 'playwright-core';
import { openFoyer, type Foyer } from '../../support/foyer.js';
import { Retailer, type TestSource, type TestStore } from '../../support/retailer.js';
import { openBrowser } from './browser.js';

/** What a story in a browser is played on: a Foyer that lives when browsers do, a store, a shop on its own origin. */
export interface Stage {
  readonly foyer: Foyer;
  readonly retailer: Retailer;
  readonly north: TestStore;
  readonly shop: TestSource;
  readonly browser: Browser;
  close(): Promise<void>;
}

/** Sets the stage for one test file; close it in `afterAll`. */
export async function setStage(): Promise<Stage> {
  const [foyer, browser] = await Promise.all([openFoyer(), openBrowser()]);
  foyer.clock.set(new Date());
  const retailer = new Retailer(foyer.database);
  const north = await retailer.store('north');
  const shop = await retailer.source('shop', 'web-shop', { origins: [foyer.url] });
  const close = async (): Promise<void> => {
    await browser.close();
    await foyer.close();
  };
  return { foyer, retailer, north, shop, browser, close };
}
