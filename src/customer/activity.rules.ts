import { canonicalName, type MessageKind } from '../ingest/kinds.js';
import { sourceKind } from '../ingest/source-kinds.js';
import {
  contextOf,
  fieldsOf,
  listOf,
  propertiesOf,
  sessionOf,
  textOf,
  type Fields,
  type ReceivedMessage,
} from '../ingest/tracking-event.js';
import { readCurrency } from '../shared/money.js';
import { ownerOf } from './departments.rules.js';
import { amountOf, orderContentOf, orderNumberOf, productIdOf, productLabelOf } from './order.rules.js';

/** An activity as it is written. */
export interface NewActivity {
  readonly id: string;
  readonly recordId: string;
  readonly occurredAt: Date;
  readonly kind: string;
  readonly channel: string;
  readonly department: string;
  readonly sourceId: string;
  readonly session: string | null;
  readonly params: Readonly<Record<string, unknown>>;
}

/** Kinds that say who somebody is, not what happened. */
const silent: ReadonlySet<MessageKind> = new Set([
  'identify',
  'alias',
  'group',
  'consent',
  'product.owned',
  'product.disowned',
]);

/** The activity a message tells of; undefined when it tells of none. */
export function activityOf(message: ReceivedMessage, recordId: string): NewActivity | undefined {
  if (silent.has(message.kind)) return undefined;
  const { id, kind, body, source, occurredAt } = message;
  return {
    id,
    recordId,
    occurredAt,
    kind,
    channel: channelOf(message),
    department: departmentOf(message),
    sourceId: source.id,
    session: sessionOf(body) ?? configurationIdOf(message) ?? null,
    params: paramsOf(message),
  };
}

/** The channel in which it happened: as the event says, else the usual one of its source. */
export function channelOf({ kind, body, source }: ReceivedMessage): string {
  const stated = kind === 'contact' ? textOf(propertiesOf(body), ['channel'], 40) : undefined;
  return stated?.toLowerCase() ?? sourceKind(source.kind).channel;
}

/** The department whose content it is: as the event says, else its source's; an invoice is finance's. */
export function departmentOf({ kind, body, source }: ReceivedMessage): string {
  if (!/^(matter|contact)/.test(kind)) return ownerOf(source);
  const stated = textOf(propertiesOf(body), ['department'], 40);
  return ownerOf(source, stated, isInvoice(body) ? 'finance' : undefined);
}

function isInvoice(body: ReceivedMessage['body']): boolean {
  return canonicalName(textOf(body, ['event'], 200) ?? '').startsWith('invoice');
}

function configurationIdOf({ body }: ReceivedMessage): string | undefined {
  return textOf(propertiesOf(body), ['configuration_id', 'configurationId'], 200);
}

/** What a sentence about it needs, and no more: no address, no search terms of a person, no content of a department's matter. */
function paramsOf(message: ReceivedMessage): Record<string, unknown> {
  const { kind, body } = message;
  const properties = propertiesOf(body);
  if (kind.startsWith('order.')) return defined(orderParams(properties));
  if (kind.startsWith('configuration.') || kind.startsWith('option.')) return defined(configurationParams(properties));
  if (/^(product|cart|wishlist)\./.test(kind)) return defined(productParams(properties));
  if (kind === 'page') {
    const label = textOf(body, ['name'], 200) ?? textOf(properties, ['title', 'name'], 200);
    return defined({ label, path: pathOf(body) });
  }
  if (kind === 'appointment.booked') return defined(appointmentParams(properties));
  if (kind === 'contact') {
    const direction = textOf(properties, ['direction'], 20)?.toLowerCase();
    return defined({ topic: textOf(properties, ['topic', 'subject'], 200), direction });
  }
  return kind === 'other' ? defined({ name: textOf(body, ['event', 'name', 'type'], 200) }) : {};
}

function appointmentParams(properties: Fields): Record<string, unknown> {
  return {
    at: textOf(properties, ['at', 'appointment_at', 'appointmentAt', 'starts_at', 'date'], 40),
    store: textOf(properties, ['store', 'store_code', 'storeCode'], 100),
    ...configurationParams(properties),
  };
}

function orderParams(properties: Fields): Record<string, unknown> {
  const { label, totalMinor, currency } = orderContentOf(properties);
  return { orderNumber: orderNumberOf(properties), label, totalMinor, currency };
}

function configurationParams(properties: Fields): Record<string, unknown> {
  const model = textOf(properties, ['model'], 200);
  return {
    configurationId: textOf(properties, ['configuration_id', 'configurationId'], 200),
    model,
    modelLabel: textOf(properties, ['model_label', 'modelLabel', 'model_name'], 200),
    variant: textOf(properties, ['variant'], 200),
    option: textOf(properties, ['option_code', 'optionCode'], 200),
  };
}

function productParams(properties: Fields): Record<string, unknown> {
  const [first] = listOf(properties.products);
  const product = productLabelOf(properties) === undefined && first !== undefined ? first : properties;
  const currency = readCurrency(product.currency ?? properties.currency) ?? null;
  return {
    productId: productIdOf(product),
    label: productLabelOf(product),
    category: textOf(product, ['category'], 120),
    priceMinor: amountOf(product, ['price'], currency),
    currency,
  };
}

/** The path of a page, without what stands behind the question mark. */
function pathOf(body: ReceivedMessage['body']): string | undefined {
  const path = textOf(propertiesOf(body), ['path'], 300) ?? textOf(fieldsOf(contextOf(body).page), ['path'], 300);
  return path?.split(/[?#]/, 1)[0];
}

function defined(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null));
}
