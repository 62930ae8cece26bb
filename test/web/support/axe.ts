import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { eventually } from '../../support/foyer.js';
import { sizes, type Size } from './browser.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Runs in the page: the serious and critical findings of all rules, or of some. */
const run = (rules: readonly string[] | undefined): string => `(async () => {
  const options = ${JSON.stringify(rules ? { runOnly: { type: 'rule', values: rules } } : {})};
  const { violations } = await axe.run(document, options);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 120)).join(' | '));
})()`;

/** How far the page scrolls sideways, and what reaches out of it; undefined until it has the width it was given. */
const sideways = (width: number): string => `(() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (innerWidth !== ${width}) return undefined;
  if (scrollWidth <= clientWidth) return '';
  const out = [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > clientWidth);
  return 'scrolls ' + (scrollWidth - clientWidth) + ' px sideways: ' +
    out.slice(-3).map((one) => one.outerHTML.slice(0, 120)).join(' | ');
})()`;

/** The colour of the ground; undefined while colours are still on their way. */
const ground = `document.getAnimations().length === 0
  ? getComputedStyle(document.documentElement).backgroundColor + getComputedStyle(document.body).backgroundColor
  : undefined`;

/**
 * What keeps somebody from using a page as it stands: axe's findings by day, its contrasts by night (no other rule
 * depends on the colours), and a page that scrolls sideways in one of its sizes.
 */
export async function hindrances(page: Page, at: readonly Size[]): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  const colours = (): Promise<string | undefined> => page.evaluate<string | undefined>(ground);
  const day = await eventually('the colours of the day are at rest', colours);
  await page.evaluate(axe);
  const found = await page.evaluate<string[]>(run(undefined));
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await eventually('night falls on the page', async () => {
    const now = await colours();
    return now !== undefined && now !== day;
  });
  const byNight = await page.evaluate<string[]>(run(['color-contrast']));
  found.push(...byNight.map((one) => `by night, ${one}`));
  for (const size of at) {
    await page.setViewportSize(sizes[size]);
    const scrolls = await atRest(page, size);
    if (scrolls) found.push(`${size}: ${scrolls}`);
  }
  return found;
}

/** How far the page scrolls sideways once its layout has come to rest: a scroll bar on its way out still takes its room. */
async function atRest(page: Page, size: Size): Promise<string> {
  let said: string | undefined;
  const look = async (): Promise<boolean> => {
    said = await page.evaluate<string | undefined>(sideways(sizes[size].width));
    return said === '';
  };
  try {
    await eventually(`a page of ${size} that does not scroll sideways`, look, 3_000);
  } catch (error) {
    if (said === undefined) throw error;
  }
  return said ?? '';
}
