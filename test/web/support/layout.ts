import type { Page } from 'playwright-core';
import { eventually } from '../../support/foyer.js';
import { sizes, type Size } from './browser.js';

/** Pixels that a finger needs, each way. */
const finger = 44;

/** Runs in the page and tells what does not fit; undefined until the page has the width it was given. */
const look = (width: number, still: boolean): string => `(() => {
  if (innerWidth !== ${width}) return undefined;
  const found = [];
  const tag = (one) => one.outerHTML.replace(/\\s+/g, ' ').slice(0, 140);
  const isSeen = (one) => {
    const { width, height } = one.getBoundingClientRect();
    return width > 1 && height > 1 && one.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  };
  const words = (one) => [...one.childNodes].filter((node) => node.nodeType === 3 && node.data.trim());

  const page = document.documentElement;
  if (page.scrollWidth > page.clientWidth) {
    const out = [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > page.clientWidth);
    found.push('scrolls ' + (page.scrollWidth - page.clientWidth) + ' px sideways: ' + out.slice(-3).map(tag).join(' | '));
  }
  if (${still} && page.scrollHeight > page.clientHeight) found.push('scrolls ' + (page.scrollHeight - page.clientHeight) + ' px down');

  for (const one of document.querySelectorAll('a[href], button, input, select, textarea, summary, [role=button], [role=tab]')) {
    const target = one.matches('[type=radio], [type=checkbox]') ? (one.closest('label') ?? one) : one;
    if (!target.checkVisibility({ visibilityProperty: true })) continue;
    const inSentence = getComputedStyle(one).display === 'inline' && words(one.parentElement).length > 0;
    const { width, height } = target.getBoundingClientRect();
    if (!inSentence && width > 1 && (width < ${finger} - 0.5 || height < ${finger} - 0.5))
      found.push('too small to touch, ' + Math.round(width) + '×' + Math.round(height) + ': ' + tag(one));
  }

  for (const one of document.querySelectorAll('body *')) {
    const style = getComputedStyle(one);
    if (/auto|scroll/.test(style.overflowX) && one.scrollWidth > one.clientWidth && !one.matches('[role=region], input, textarea') && isSeen(one))
      found.push('scrolls sideways in itself: ' + tag(one));
    if (one.matches('dialog[open]')) {
      const { top, bottom } = one.getBoundingClientRect();
      if (top < 0 || bottom > innerHeight) found.push('a dialog reaches out of the window: ' + tag(one));
    }
    const lasts = Math.max(...(style.animationDuration + ', ' + style.transitionDuration).split(', ').map(parseFloat));
    if (matchMedia('(prefers-reduced-motion: reduce)').matches && lasts > 0.01) found.push('moves, though asked not to: ' + tag(one));

    const [text] = words(one);
    if (!text || style.textOverflow === 'ellipsis' || style.clipPath !== 'none' || !isSeen(one)) continue;
    const range = document.createRange();
    range.selectNodeContents(one);
    const { left, right } = range.getBoundingClientRect();
    if (style.display !== 'inline' && one.scrollWidth > one.clientWidth + 1) found.push('cut off: ' + tag(one));
    for (let around = one.parentElement; around; around = around.parentElement) {
      const { overflowX, textOverflow, clipPath } = getComputedStyle(around);
      if (textOverflow === 'ellipsis' || clipPath !== 'none' || /auto|scroll/.test(overflowX)) break;
      const box = around.getBoundingClientRect();
      if (/hidden|clip/.test(overflowX) && (right > box.right + 1 || left < box.left - 1)) {
        found.push('cut off by ' + around.className + ': ' + tag(one));
        break;
      }
    }
  }
  return [...new Set(found)].slice(0, 12);
})()`;

/** Where a page must not scroll down at all. */
export interface Still {
  readonly still?: readonly Size[];
}

/**
 * What of a page, in whatever state it is, does not fit in one of its sizes: it scrolls sideways, or down where it should not; a target
 * is too small for a finger; a text is cut off by its box; a dialog reaches out of the window; something moves for a reader who asked for rest.
 */
export async function misfits(page: Page, at: readonly Size[], { still = [] }: Still = {}): Promise<string[]> {
  const found: string[] = [];
  for (const size of at) {
    await page.setViewportSize(sizes[size]);
    const ones = await atRest(page, size, still.includes(size));
    found.push(...ones.map((one) => `${size}: ${one}`));
  }
  return found;
}

/** What does not fit once the layout has come to rest: a scroll bar on its way out still takes its room. */
async function atRest(page: Page, size: Size, still: boolean): Promise<string[]> {
  let found: string[] | undefined;
  const fits = async (): Promise<boolean> => {
    found = await page.evaluate<string[] | undefined>(look(sizes[size].width, still));
    return found?.length === 0;
  };
  try {
    await eventually(`a page of ${size} in which everything fits`, fits, 1_500);
  } catch (error) {
    if (found === undefined) throw error;
  }
  return found ?? [];
}
