import type { ChosenOption } from './configuration-event.js';

/** Most options of one configuration, and most that are remembered as taken back. */
export const mostOptions = 200;
const mostAbandoned = 50;

/** Whether two mentions are of one option; a mention without a group means whichever has the code. */
export function sameOption(a: ChosenOption, b: ChosenOption): boolean {
  return a.code === b.code && (a.group === b.group || a.group === '' || b.group === '');
}

/** The options of `all` that are not among `others`. */
export function without(all: readonly ChosenOption[], others: readonly ChosenOption[]): ChosenOption[] {
  return all.filter((option) => !others.some((other) => sameOption(option, other)));
}

/** Each option once, as it was mentioned last, in the order of first mention. */
export function distinct(options: readonly ChosenOption[]): ChosenOption[] {
  const found: ChosenOption[] = [];
  for (const option of options) {
    const at = found.findIndex((other) => sameOption(option, other));
    if (at === -1) found.push(option);
    else found[at] = option;
  }
  return found.slice(0, mostOptions);
}

/** The options taken back so far, the latest last, without those that are chosen again. */
export function abandonedAfter(
  before: readonly ChosenOption[],
  takenBack: readonly ChosenOption[],
  chosen: readonly ChosenOption[],
): ChosenOption[] {
  const fresh = distinct(takenBack);
  return without([...without(before, fresh), ...fresh], chosen).slice(-mostAbandoned);
}

/** What the options cost in minor units of one currency; those without a price are in the price of the whole. */
export function priceOf(options: readonly ChosenOption[], currency: string): number {
  let sum = 0;
  for (const { price } of options) if (price?.currency === currency) sum += price.amountMinor;
  return sum;
}
