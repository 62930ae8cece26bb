import { boot, startUntilSignal } from '../src/boot.js';
import { Database } from '../src/platform/database/database.js';
import { Pages } from '../src/platform/http/pages.js';
import { readConfig } from '../src/shared/config.js';
import { whyNotStarted } from '../src/why-not-started.js';
import { Narrator } from './narrator.js';
import { openRetailer, openShift } from './retailer.js';
import { playStory } from './story.js';
import { StoryClock } from './story-clock.js';

/**
 * `npm run demo`: a retailer, the story of one customer through the public API, and addresses to try.
 * `--once` ends after the story, with exit code 1 if any step failed.
 */
const once = process.argv.includes('--once');
const port = process.env['PORT'] ?? (once ? '0' : '3000');
const clock = new StoryClock();
const tell = new Narrator();
const config = readConfig({ LOG_LEVEL: 'warn', ...process.env, PORT: port });

console.log('Foyer: the story of one customer\n');
const { starting, ending } = startUntilSignal((signal) =>
  boot({ web: true, worker: true }, config, { clock, ending: signal }),
);
const running = await tell
  .step('Foyer starts: PostgreSQL, web and worker', () => starting)
  .catch((error: unknown) => {
    if (whyNotStarted(error) === undefined && !ending.aborted) console.error(error);
    process.exit(1);
  });
const url = running.url ?? '';

async function end(code: number): Promise<never> {
  await running.stop();
  process.exit(code);
}

try {
  const retailer = await tell.step('The demo retailer opens two stores', () =>
    openRetailer(running.app.get(Database), url, clock.now()),
  );
  const { loyaltyId, cardPage } = await playStory({ url, clock, retailer, tell });
  console.log('The story holds.\n');
  if (once) await end(0);
  const { north } = retailer.stores;
  running.app.get(Pages).tellNewcomers({
    shopKey: retailer.shopBrowserKey,
    tabletToken: await openShift(running.app.get(Database), retailer, clock.now()),
    managerToken: retailer.staff.robin,
    storeCode: 'north',
    loyaltyId,
    cardPage,
  });
  console.log(
    [
      'Foyer stays up. Try:',
      `  the story       ${url}/`,
      `  query page      ${url}/graphiql`,
      `  her card        ${url}${cardPage}`,
      `  health          ${url}/health/ready`,
      `  store           ${north.id}`,
      `  tablet token    ${north.tabletToken}`,
      `  staff token     ${retailer.staff.mika}`,
      `  shop server key ${retailer.keys.shop}`,
      '',
      `  curl -s ${url}/graphql -H 'content-type: application/json' -H 'authorization: Bearer ${north.tabletToken}' \\`,
      `    -d '{"query":"{ viewer { store { name } roles } }"}'`,
      '',
      'Ctrl-C ends it.',
    ].join('\n'),
  );
} catch {
  // What a Ctrl-C interrupts is no failure of the story.
  if (ending.aborted) await new Promise(() => undefined);
  console.error(
    `\nThe story did not hold; the step above says why. What was done by hand may be in its way: delete the folder ${config.directory} and start again.`,
  );
  await end(1);
}
