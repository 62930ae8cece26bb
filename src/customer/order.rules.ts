import type { Fields } from '../ingest/tracking-event.js';
import { listOf, textOf } from '../ingest/tracking-event.js';
import { readCurrency, toMinor } from '../shared/money.js';

/** One line of an order. */
export interface OrderLine {
  readonly productId: string | null;
  readonly label: string;
  readonly category: string | null;
  readonly quantity: number;
  /** Price of one, in minor units of the order's currency. */
  readonly priceMinor: number | null;
}

/** What an order is said to be. */
export interface OrderContent {
  readonly label: string;
  readonly totalMinor: number | null;
  readonly currency: string | null;
  readonly lines: OrderLine[];
}

const longestLabel = 120;
const mostLines = 100;

/** The number by which a source knows an order. */
export function orderNumberOf(properties: Fields): string | undefined {
  return textOf(properties, ['order_id', 'orderId', 'order_number', 'orderNumber'], 200);
}

/** Reads an order as the e-commerce spec has it, amounts as decimals of the currency. */
export function orderContentOf(properties: Fields): OrderContent {
  const currency = readCurrency(properties.currency) ?? null;
  const lines = listOf(properties.products)
    .slice(0, mostLines)
    .map((product) => lineOf(product, currency));
  const stated = amountOf(properties, ['total', 'value', 'revenue'], currency);
  return {
    label: labelOf(properties, lines),
    totalMinor: stated ?? sumOf(lines),
    currency,
    lines,
  };
}

/** The name of a product as the e-commerce spec writes it. */
export function productLabelOf(product: Fields): string | undefined {
  return textOf(product, ['name', 'label', 'title', 'sku', 'product_id', 'productId', 'id'], longestLabel);
}

/** The id of a product as the e-commerce spec writes it. */
export function productIdOf(product: Fields): string | undefined {
  return textOf(product, ['product_id', 'productId', 'sku', 'id'], 200);
}

function lineOf(product: Fields, currency: string | null): OrderLine {
  const quantity = Number(product.quantity ?? 1);
  return {
    productId: productIdOf(product) ?? null,
    label: productLabelOf(product) ?? '?',
    category: textOf(product, ['category'], longestLabel) ?? null,
    quantity: Number.isFinite(quantity) && quantity >= 0 ? quantity : 1,
    priceMinor: amountOf(product, ['price'], currency),
  };
}

/** The first of these amounts in minor units; null without a currency, because then its unit is unknown. */
export function amountOf(fields: Fields, names: readonly string[], currency: string | null): number | null {
  if (currency === null) return null;
  for (const name of names) {
    const minor = toMinor(fields[name], currency);
    if (minor !== undefined) return minor;
  }
  return null;
}

/** The sum of the lines where every price is known. */
function sumOf(lines: readonly OrderLine[]): number | null {
  let sum = 0;
  for (const { priceMinor, quantity } of lines) {
    if (priceMinor === null) return null;
    sum += Math.round(priceMinor * quantity);
  }
  return lines.length === 0 || !Number.isSafeInteger(sum) ? null : sum;
}

function labelOf(properties: Fields, lines: readonly OrderLine[]): string {
  const own = textOf(properties, ['label', 'name'], longestLabel);
  const names = [...new Set(lines.map((line) => line.label))].join(', ');
  const label = own ?? (names === '' ? orderNumberOf(properties) : names) ?? '?';
  return label.length > longestLabel ? `${label.slice(0, longestLabel - 1)}…` : label;
}
