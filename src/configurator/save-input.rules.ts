import { readCurrency } from '../shared/money.js';
import { webAddress } from './read-event.rules.js';
import type { OptionInput, SaveConfigurationInput } from './save-configuration.input.js';

/** A field that cannot be used, and why. */
export interface Fault {
  readonly field: string;
  readonly says: string;
}

/**
 * What is wrong with a configuration beyond the form of its fields; empty when nothing is.
 * @param kinds names of the identifier kinds there are
 */
export function faultsOf(input: SaveConfigurationInput, kinds: readonly string[]): Fault[] {
  const { currency } = input.total;
  return [
    ...input.identifiers.flatMap(({ kind }, place) =>
      kinds.includes(kind)
        ? []
        : [{ field: `identifiers.${place}.kind`, says: `is unknown; known kinds are ${kinds.join(', ')}` }],
    ),
    ...otherCurrencies('options', input.options, currency),
    ...otherCurrencies('abandoned', input.abandoned ?? [], currency),
    ...(readCurrency(currency) === undefined ? [{ field: 'total.currency', says: 'must be money that is spent' }] : []),
    ...(input.total.amountMinor < 0 ? [{ field: 'total.amountMinor', says: 'must not be negative' }] : []),
    ...(['imageUrl', 'url'] as const).flatMap((field) => {
      const text = input[field];
      const usable = text === undefined || text === null || webAddress(text) !== undefined;
      return usable ? [] : [{ field, says: 'must be an address that starts with http:// or https://' }];
    }),
  ];
}

function otherCurrencies(list: string, options: readonly OptionInput[], currency: string): Fault[] {
  return options.flatMap(({ price }, place) =>
    price && price.currency !== currency
      ? [{ field: `${list}.${place}.price.currency`, says: `must be ${currency}, the currency of total` }]
      : [],
  );
}
