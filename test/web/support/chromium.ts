import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const usual = [
  process.env['CHROME_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const executablePath = usual.find((path) => path && existsSync(path));
/** A browser starts, loads and paints; on a busy machine that takes its time. */
const patience = 90_000;
const built = existsSync('dist/web/tablet/index.html');

/** Describes what happens in a real Chromium; says so where there is none, and never skips in CI. */
export function inChromium(name: string, tests: () => void): void {
  if (executablePath && built)
    return describe(name, () => {
      import.meta.jest.setTimeout(patience);
      tests();
    });
  const why = built ? 'no Chromium was found; set CHROME_PATH' : 'the pages are not built; run npm run build:web';
  if (process.env['CI']) {
    return describe(name, () => it('runs', () => expect(`skipped: ${why}`).toBe('run')));
  }
  describe.skip(`${name} (SKIPPED: ${why})`, tests);
}

/** A browser whose camera sees a test picture or a film (Y4M), is refused, or is not there. */
export function openBrowser({
  camera,
  without,
}: { camera?: string; without?: 'permission' | 'camera' } = {}): Promise<Browser> {
  return chromium.launch({
    executablePath: executablePath ?? '',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      ...(without === 'permission' ? [] : ['--use-fake-ui-for-media-stream']),
      ...(without === 'camera' ? [] : ['--use-fake-device-for-media-stream']),
      ...(camera ? [`--use-file-for-fake-video-capture=${camera}`] : []),
    ],
  });
}

/** Sizes the pages are made for. */
export const sizes = {
  tablet: { width: 1180, height: 820 },
  tabletUpright: { width: 820, height: 1180 },
  phone: { width: 390, height: 844 },
} as const;

/** What a page did that it should not: errors it logged, and requests that left its origin. */
export interface Watched {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly faults: string[];
  readonly foreign: string[];
}

/** A page of a device of its own. */
export async function openPage(
  browser: Browser,
  origin: string,
  size: { width: number; height: number },
  options: { locale?: string; colorScheme?: 'light' | 'dark'; permissions?: string[] } = {},
): Promise<Watched> {
  const context = await browser.newContext({ viewport: size, permissions: ['camera'], locale: 'en-GB', ...options });
  const page = await context.newPage();
  const faults: string[] = [];
  const foreign: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy/.test(message.text())) faults.push(message.text());
  });
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (/^(https?|wss?):$/.test(url.protocol) && url.host !== new URL(origin).host) foreign.push(request.url());
  });
  return { page, context, faults, foreign };
}
