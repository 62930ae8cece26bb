import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

/** The same engine, network and service workers without the windows and tabs that nobody sees here: it opens a page in a third of the time. */
const shell = '/usr/bin/chromium-headless-shell';
const usual = [
  process.env['CHROME_PATH'],
  shell,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Where a Chromium is; undefined if there is none. */
export const executablePath = usual.find((path) => path && existsSync(path));
const withWindows = usual.find((path) => path && path !== shell && existsSync(path));

/** A browser whose camera sees a test picture or a film (Y4M), is refused, or is not there; `windows`: as people have it, where it is installed. */
export function openBrowser({
  camera,
  without,
  windows = false,
}: { camera?: string; without?: 'permission' | 'camera'; windows?: boolean } = {}): Promise<Browser> {
  return chromium.launch({
    executablePath: (windows ? withWindows : undefined) ?? executablePath ?? '',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      `--use-fake-ui-for-media-stream${without === 'permission' ? '=deny' : ''}`,
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
export type Size = keyof typeof sizes;

/** What a page did that it should not: errors it logged, and requests that left its origin. */
export interface Watched {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly faults: string[];
  readonly foreign: string[];
}

/** How a device differs from the usual one. */
export interface PageOptions {
  readonly locale?: string;
  readonly permissions?: string[];
  readonly keepsApp?: boolean;
}

/**
 * A page of a device of its own. `keepsApp`: the device may keep the tablet's app for when there is no network. To fetch and
 * keep it takes as much work as to open the page, so only the stories in which the whole device counts let it.
 */
export async function openPage(
  browser: Browser,
  origin: string,
  size: { width: number; height: number },
  { keepsApp = false, ...options }: PageOptions = {},
): Promise<Watched> {
  const context = await browser.newContext({
    viewport: size,
    permissions: ['camera'],
    locale: 'en-GB',
    serviceWorkers: keepsApp ? 'allow' : 'block',
    ...options,
  });
  context.setDefaultTimeout(60_000);
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
