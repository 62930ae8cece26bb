import { instantOf } from '../ingest/event-time.rules.js';
import { listOf, propertiesOf, textOf, type Fields, type ReceivedMessage } from '../ingest/tracking-event.js';
import { orderNumberOf, productIdOf, productLabelOf } from './order.rules.js';
import { ownReference } from './own-reference.js';

/** What is said of something somebody has or has no more. */
export interface SaidOwned {
  readonly reference: string;
  readonly label: string;
  readonly since: Date | null;
  readonly until: Date | null;
  readonly detail: string | null;
  readonly at: Date;
}

const serialNames = ['vin', 'serial_number', 'serialNumber', 'reference'];

/** Start of the references of what was bought in one order. */
export function orderReference(message: ReceivedMessage, orderNumber: string): string {
  return ownReference(message, `order:${orderNumber}:`);
}

/** The lasting things a message tells of: registered by themselves, or bought in an order and marked as lasting. */
export function ownedOf(message: ReceivedMessage): SaidOwned[] {
  const properties = propertiesOf(message.body);
  const { kind } = message;
  if (kind === 'product.owned' || kind === 'product.disowned') return registered(message, properties);
  return kind === 'order.completed' || kind === 'order.updated' ? bought(message, properties) : [];
}

function registered(message: ReceivedMessage, properties: Fields): SaidOwned[] {
  const { kind, occurredAt: at } = message;
  const products = listOf(properties.products);
  return (products.length > 0 ? products : [properties]).flatMap((product) => {
    const reference =
      textOf(product, [...serialNames, 'registration_id', 'registrationId'], 200) ?? productIdOf(product);
    if (reference === undefined) return [];
    const gone = kind === 'product.disowned';
    return {
      reference: ownReference(message, reference),
      label: productLabelOf(product) ?? reference,
      since:
        dateOf(product, ['since', 'purchased_at', 'purchasedAt', 'delivered_at', 'deliveredAt', 'registered_at']) ??
        (gone ? null : at),
      until: dateOf(product, ['until', 'sold_at', 'soldAt']) ?? (gone ? at : null),
      detail: textOf(product, ['detail', 'variant', 'description'], 300) ?? null,
      at,
    };
  });
}

function bought(message: ReceivedMessage, properties: Fields): SaidOwned[] {
  const { occurredAt: at } = message;
  const orderNumber = orderNumberOf(properties);
  if (orderNumber === undefined) return [];
  return listOf(properties.products).flatMap((product, index) => {
    const serial = textOf(product, serialNames, 200);
    if (serial === undefined && product.owned !== true && product.durable !== true) return [];
    const line = `${orderReference(message, orderNumber)}${productIdOf(product) ?? index}`;
    return {
      reference: serial === undefined ? line : ownReference(message, serial),
      label: productLabelOf(product) ?? line,
      since: dateOf(product, ['since', 'delivered_at', 'deliveredAt']) ?? at,
      until: null,
      detail: textOf(product, ['detail', 'variant', 'description'], 300) ?? null,
      at,
    };
  });
}

/** Years in which something bought here can have been made or sold. */
const earliest = Date.UTC(1800, 0);
const latest = Date.UTC(2200, 0);

function dateOf(fields: Fields, names: readonly string[]): Date | undefined {
  for (const name of names) {
    const instant = instantOf(fields[name]) ?? NaN;
    if (instant > earliest && instant < latest) return new Date(instant);
  }
  return undefined;
}
