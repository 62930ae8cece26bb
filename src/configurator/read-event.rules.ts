import { signatureOf } from '../ingest/judge.rules.js';
import type { MessageKind } from '../ingest/kinds.js';
import { personId } from '../ingest/person-id.rules.js';
import {
  isFields,
  listOf,
  propertiesOf,
  sessionOf,
  textOf,
  traitsOf,
  type Fields,
  type TrackingEvent,
} from '../ingest/tracking-event.js';
import { readCurrency, toMinor, type Amount } from '../shared/money.js';
import type { ChosenOption, ConfigurationEventKind, Ownership, Said } from './configuration-event.js';

/** What a message tells of a configurator session. */
export interface ReadEvent {
  /** The site's own id of the session. */
  readonly sessionId: string;
  readonly kind: ConfigurationEventKind;
  readonly said: Said;
}

const kinds: Partial<Record<MessageKind, ConfigurationEventKind>> = {
  'configuration.started': 'started',
  'option.selected': 'selected',
  'option.removed': 'removed',
  'configuration.saved': 'saved',
  'configuration.shared': 'shared',
  'configuration.quoted': 'quoted',
};

/** No single price is higher, in minor units; it keeps sums exact. */
const highestPrice = 1_000_000_000_000;
const names = {
  session: ['configuration_id', 'configurationId'],
  model: ['model', 'model_id', 'modelId', 'model_code'],
  modelLabel: ['model_label', 'modelLabel', 'model_name', 'modelName'],
  image: ['image_url', 'imageUrl', 'image'],
  total: ['total', 'value', 'revenue', 'price'],
  group: ['option_group', 'optionGroup', 'group', 'category'],
  code: ['option_code', 'optionCode', 'code', 'sku', 'product_id', 'productId', 'id'],
  label: ['option_label', 'optionLabel', 'label', 'option_name', 'name', 'title'],
};

/** Whether a message of this kind may tell of a configurator session. */
export function isOfConfigurator(kind: MessageKind): boolean {
  return kinds[kind] !== undefined;
}

/** What a message tells of a configurator session; undefined when it tells of none or does not say of which. */
export function readEvent(messageKind: MessageKind, body: TrackingEvent): ReadEvent | undefined {
  const kind = kinds[messageKind];
  const properties = propertiesOf(body);
  const sessionId = textOf(properties, names.session, 200) ?? sessionOf(body);
  if (!kind || sessionId === undefined) return undefined;
  const isStep = kind === 'selected' || kind === 'removed';
  return { sessionId, kind, said: isStep ? readStep(properties) : readWhole(properties) };
}

/** How far the sender knew who it was: by a user id or, from a shop's server, by what it says of her. */
export function ownershipOf(body: TrackingEvent, asserted: boolean): Ownership['level'] {
  const signedIn = personId(body.userId) !== undefined;
  const described = textOf(traitsOf(body), ['email', 'phone', 'loyaltyId', 'loyalty_id', 'crmId']) !== undefined;
  if (asserted && (signedIn || (described && signatureOf(body) === undefined))) return 'asserted';
  return signedIn || described ? 'claimed' : 'anonymous';
}

function readStep(properties: Fields): Said {
  const currency = readCurrency(properties.currency);
  const option = readOption(properties, currency);
  const total = priceIn(properties, ['total'], currency);
  return { ...readModel(properties), ...(option && { option }), ...(total && { total }) };
}

function readWhole(properties: Fields): Said {
  const currency = readCurrency(properties.currency);
  const said = readModel(properties);
  const products = listOf(properties.products);
  const car = products.find((item) => said.model !== undefined && textOf(item, names.code, 100) === said.model);
  const parts = Array.isArray(properties.options)
    ? listOf(properties.options)
    : products.filter((item) => item !== car);
  const isListed = Array.isArray(properties.options) || Array.isArray(properties.products);
  const options = isListed ? readOptions(parts, currency) : undefined;
  const abandoned = readOptions(listOf(properties.abandoned), currency);
  const carLabel = car && textOf(car, names.label, 200);
  const total = priceIn(properties, names.total, currency) ?? (car && wholeOf(car, options ?? [], currency));
  return {
    ...(carLabel !== undefined && { modelLabel: carLabel }),
    ...said,
    ...(options && { options }),
    ...(abandoned.length > 0 && { abandoned }),
    ...(total && { total }),
  };
}

function readModel(properties: Fields): Said {
  const model = textOf(properties, names.model, 100);
  const variant = textOf(properties, ['variant'], 100);
  const modelLabel =
    textOf(properties, names.modelLabel, 200) ??
    (variant === undefined ? undefined : [model, variant].join(' ').trim());
  const imageUrl = webAddress(textOf(properties, names.image, 2001));
  const url = webAddress(textOf(properties, ['url'], 2001));
  const given = Object.entries({ model, modelLabel, imageUrl, url }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given);
}

function readOptions(items: readonly Fields[], currency: string | undefined): ChosenOption[] {
  return items.map((item) => readOption(item, currency)).filter((option) => option !== undefined);
}

function readOption(item: Fields, currency: string | undefined): ChosenOption | undefined {
  const code = textOf(item, names.code, 100);
  if (code === undefined) return undefined;
  return {
    group: textOf(item, names.group, 100) ?? '',
    code,
    label: textOf(item, names.label, 200) ?? code,
    price: priceIn(item, ['price'], readCurrency(item.currency) ?? currency) ?? null,
  };
}

/** What car and options cost together, where the sender leaves the sum to us. */
function wholeOf(car: Fields, options: readonly ChosenOption[], currency: string | undefined): Amount | undefined {
  const base = priceIn(car, ['price'], currency);
  if (!base) return undefined;
  const prices = options.map(({ price }) => (price?.currency === base.currency ? price.amountMinor : 0));
  return { ...base, amountMinor: prices.reduce((sum, price) => sum + price, base.amountMinor) };
}

/** The first of these fields that is a price: a number of major units, or an amount in minor units. */
function priceIn(fields: Fields, keys: readonly string[], currency: string | undefined): Amount | undefined {
  for (const key of keys) {
    const value = fields[key];
    const known = isFields(value) ? readCurrency(value.currency) : currency;
    if (known === undefined) continue;
    const minor = isFields(value) ? value.amountMinor : toMinor(value, known);
    if (typeof minor !== 'number' || !Number.isInteger(minor) || Math.abs(minor) > highestPrice) continue;
    return { amountMinor: minor, currency: known };
  }
  return undefined;
}

/** An address that may be shown as a link or picture; undefined for anything but http and https. */
export function webAddress(text: string | undefined): string | undefined {
  if (text === undefined || text.length > 2000 || !URL.canParse(text)) return undefined;
  return /^https?:$/.test(new URL(text).protocol) ? text : undefined;
}
