import { hash } from 'node:crypto';
import type { BadReason } from '../judge.rules.js';
import { personId, rowId } from '../person-id.rules.js';
import { said } from './absent.rules.js';
import { readAmount } from './amount.rules.js';
import { isBornAfter, readInstant } from './date.rules.js';
import type { Field } from './headings.js';
import type { Mapping } from './mapping.rules.js';
import type { Row } from './row.js';

/** What a row says, in the words of the tracking API. */
export interface RowMessage {
  readonly type: 'identify' | 'track';
  readonly event?: string;
  readonly messageId: string;
  readonly userId: string;
  readonly timestamp?: string;
  readonly traits?: object;
  readonly properties?: object;
  readonly context?: object;
}

/** A row and what it says; with a reason when it cannot be taken in. */
export interface ReadRow {
  readonly line: number;
  /** The id that the source gives the person of the row; undefined when it gives none. */
  readonly ownId?: string | undefined;
  readonly message?: RowMessage;
  /** The message as JSON. */
  readonly text?: string;
  readonly bad?: { readonly reason: BadReason; readonly detail: string; readonly text: string };
}

/** What is known beside the row: how the country of its source writes dates, and what time it is. */
export interface RowFrame {
  readonly country: string;
  readonly now: Date;
}

type Cells = Readonly<Partial<Record<Field, string>>>;

const dayAhead = 86_400_000;

/** Makes of a row the message that says the same. */
export function readRow(row: Row, mapping: Mapping, frame: RowFrame): ReadRow {
  const { line, flaw } = row;
  if (flaw) return { line, bad: { ...flaw, detail: `Line ${line}: ${flaw.detail}` } };
  const cells = cellsOf(row, mapping);
  const ownId = ownIdOf(cells);
  const when = whenOf(cells, mapping);
  const at = when === undefined ? undefined : readInstant(when, frame.country);
  const timestamp = at?.toISOString() ?? when;
  const said = messageOf(cells, mapping, ownId, timestamp === undefined ? {} : { timestamp });
  const reject = (reason: BadReason, detail: string): ReadRow => ({
    line,
    bad: { reason, detail: `Line ${line}: ${detail}`, text: said?.text ?? JSON.stringify(asWritten(row, mapping)) },
  });
  const { birthDate } = cells;
  if (birthDate !== undefined && isBornAfter(birthDate, frame.country, frame.now))
    return reject('birth-date-in-future', `the birth date ${birthDate.slice(0, 40)} lies in the future.`);
  if (when !== undefined && at === undefined)
    return reject('time-unreadable', `"${when.slice(0, 40)}" is no date; write it as in 2026-03-10.`);
  if (at !== undefined && at.getTime() > frame.now.getTime() + dayAhead)
    return reject('time-in-future', `${at.toISOString()} lies in the future.`);
  for (const field of ['orderTotal', 'price'] as const) {
    const amount = cells[field];
    if (amount !== undefined && mapping.kind === 'orders' && readAmount(amount) === undefined)
      return reject('amount-unreadable', `"${amount.slice(0, 40)}" is no amount; write it as in 1234.56.`);
  }
  if (said === undefined) return reject('names-nobody', 'it names nobody: no id, name, address or number.');
  return { line, ownId, ...said };
}

function cellsOf({ cells }: Row, { columns, constants }: Mapping): Cells {
  const found: Partial<Record<Field, string>> = { ...constants };
  for (const [index, { field }] of columns.entries()) {
    if (field === undefined) continue;
    const text = said(cells[index]);
    if (text !== undefined) found[field] = text;
  }
  return found;
}

/** A row as it stands in the file, for whoever repairs it. */
function asWritten({ cells }: Row, { columns }: Mapping): object {
  return { row: Object.fromEntries(columns.map(({ heading }, index) => [heading, cells[index]])) };
}

function ownIdOf({ id, customerNumber }: Cells): string | undefined {
  return personId(id) ?? personId(customerNumber);
}

function whenOf(cells: Cells, { kind }: Mapping): string | undefined {
  if (kind === 'orders') return cells.orderDate ?? cells.updatedAt;
  return kind === 'contacts' ? (cells.contactDate ?? cells.updatedAt) : cells.updatedAt;
}

/** The message without its id is what the id is made of: the same row says the same thing, however often it is read. */
function messageOf(
  cells: Cells,
  { kind }: Mapping,
  ownId: string | undefined,
  when: { timestamp?: string },
): { message: RowMessage; text: string } | undefined {
  const traits = traitsOf(cells);
  const userId = ownId ?? (namesSomebody(traits) ? rowId(digest(JSON.stringify(traits))) : undefined);
  if (userId === undefined) return undefined;
  const about = Object.keys(traits).length === 0 ? {} : { context: { traits } };
  const body =
    kind === 'people'
      ? { type: 'identify' as const, userId, ...when, traits }
      : { type: 'track' as const, userId, ...when, ...about, ...happening(cells, kind, userId, when) };
  const json = JSON.stringify(body);
  const messageId = `${idPrefix}${digest(json)}`;
  return { message: { ...body, messageId }, text: `${json.slice(0, -1)},"messageId":"${messageId}"}` };
}

/** Begins the id of every message that is made of a row. */
const idPrefix = 'import-';

/** Whether a message's id says that it was made of a row. */
export function isOfRow(messageId: string): boolean {
  return messageId.startsWith(idPrefix);
}

/** Traits that many share; alone they name nobody. */
const describing = new Set(['gender', 'language', 'loyaltyTier', 'homeStore', 'ownAssociate', 'birthday']);

function namesSomebody(traits: object): boolean {
  return Object.keys(traits).some((key) => !describing.has(key));
}

function traitsOf(cells: Cells): Record<string, unknown> {
  const { street, houseNumber, city, postalCode, region, country } = cells;
  const address = defined({
    street: street !== undefined && houseNumber !== undefined ? `${street} ${houseNumber}` : street,
    city,
    postalCode,
    region,
    country,
  });
  return defined({
    email: cells.email,
    phone: cells.mobile ?? cells.phone,
    loyaltyId: cells.loyaltyId,
    customerNumber: cells.customerNumber,
    name: cells.name,
    firstName: cells.givenName,
    middleName: cells.middleName,
    lastName: cells.familyName,
    birthday: cells.birthDate,
    gender: cells.gender,
    language: cells.language,
    nationalId: cells.nationalId,
    loyaltyTier: cells.loyaltyTier,
    homeStore: cells.homeStore,
    ownAssociate: cells.ownAssociate,
    address: Object.keys(address).length === 0 ? undefined : address,
  });
}

function happening(
  cells: Cells,
  kind: 'orders' | 'contacts',
  userId: string,
  when: { timestamp?: string },
): { event: string; properties: object } {
  if (kind === 'contacts') {
    const { contactId, contactChannel: channel, contactTopic: topic, contactDirection: direction, department } = cells;
    return {
      event: 'Contact Made',
      properties: defined({ contact_id: contactId, channel, topic, direction, department }),
    };
  }
  const { orderTotal, currency, price, product, productId, productCategory, quantity } = cells;
  // What is no amount stays as it was written: such a row is put aside.
  const total = orderTotal === undefined ? undefined : (readAmount(orderTotal) ?? orderTotal);
  const line = defined({
    product_id: productId,
    name: product,
    category: productCategory,
    price: price === undefined ? undefined : (readAmount(price) ?? price),
    quantity: quantity === undefined ? undefined : Number(readAmount(quantity) ?? 1),
  });
  const isLine = product !== undefined || productId !== undefined;
  const own = defined({ total, currency, products: isLine ? [line] : undefined });
  const orderId = cells.orderId ?? rowId(digest(JSON.stringify([userId, when, own])));
  return { event: eventOf(cells.orderStatus), properties: { order_id: orderId, ...own } };
}

function eventOf(status: string | undefined): string {
  if (status !== undefined && /^(cancel|storn|annul)/i.test(status)) return 'Order Cancelled';
  return status !== undefined && /^(refund|return|erstatt|retour|rembours)/i.test(status)
    ? 'Order Refunded'
    : 'Order Completed';
}

function digest(text: string): string {
  return hash('sha256', text, 'base64url');
}

function defined(values: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const name in values) if (values[name] !== undefined) kept[name] = values[name];
  return kept;
}
