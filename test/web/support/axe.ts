import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { eventually } from '../../support/foyer.js';
import type { Size } from './browser.js';
import { misfits, type Still } from './layout.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Runs in the page: the serious and critical findings of all rules, or of some; under an open dialog nothing can be reached. */
const run = (rules: readonly string[] | undefined): string => `(async () => {
  const options = ${JSON.stringify({ resultTypes: ['violations'], ...(rules && { runOnly: { type: 'rule', values: rules } }) })};
  const { violations } = await axe.run(document.querySelector('dialog[open]') ?? document, options);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 120)).join(' | '));
})()`;

/** The colour of the ground; undefined while colours are still on their way. */
const ground = `document.getAnimations().length === 0
  ? getComputedStyle(document.documentElement).backgroundColor + getComputedStyle(document.body).backgroundColor
  : undefined`;

/**
 * What keeps somebody from using a page as it stands: axe's findings by day, its contrasts by night (no other rule
 * depends on the colours), and what does not fit in one of its sizes.
 */
export async function hindrances(page: Page, at: readonly Size[], still?: Still): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  const colours = (): Promise<string | undefined> => page.evaluate<string | undefined>(ground);
  const day = await eventually('the colours of the day are at rest', colours);
  if (!(await page.evaluate<boolean>(`'axe' in globalThis`))) await page.evaluate(axe);
  const found = await page.evaluate<string[]>(run(undefined));
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await eventually('night falls on the page', async () => {
    const now = await colours();
    return now !== undefined && now !== day;
  });
  const byNight = await page.evaluate<string[]>(run(['color-contrast']));
  found.push(...byNight.map((one) => `by night, ${one}`));
  found.push(...(await misfits(page, at, still)));
  return found;
}
