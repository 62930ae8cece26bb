import { toCrockford, withCheck } from '../../src/shared/crockford.js';
import { days, hours } from '../../src/shared/clock.js';
import type { CopiedRow as Row } from '../copy.js';
import { idOf, perCustomer, pick, type Retailer } from './plan.js';

const models = ['estate', 'city-ev', 'roadster', 'van', 'saloon', 'suv'];
const colours = ['Fir green', 'White', 'Night blue', 'Sand', 'Brick red'];
const extras = ['Tow bar', 'Glass roof', 'Heated seats', 'Roof rails', 'Sound package'];

const euros = (amount: number): object => ({ amountMinor: amount * 100, currency: 'EUR' });

/** A configuration of hers and what it is made of. */
interface Built {
  readonly id: string;
  readonly options: object[];
  readonly totalMinor: number;
  readonly editedAt: Date;
}

/** The n-th customer's configuration number k. */
function built(n: number, k: number, { seededAt }: Retailer): Built {
  const salt = 10 + k * 5;
  const names = [colours[pick(n, salt, 5)], extras[pick(n, salt + 1, 5)], extras[(pick(n, salt + 1, 5) + 2) % 5]];
  return {
    id: idOf('configuration', n * perCustomer.configurations + k),
    options: names.map((label = '', place) => ({
      group: place === 0 ? 'colour' : 'extras',
      code: label.toLowerCase().replaceAll(' ', '-'),
      label,
      price: euros(300 + pick(n, salt + place, 20) * 50),
    })),
    totalMinor: (28_000 + pick(n, salt, 200) * 100) * 100,
    editedAt: new Date(seededAt - days(2 + k * 9) - pick(n, salt, 24) * hours(1)),
  };
}

/** The short code under which a configuration is typed. */
export const codeOf = (number: number): string => {
  const octets = Buffer.alloc(5, 0xb5);
  octets.writeUInt32BE(number);
  return withCheck(toCrockford(octets));
};

export const configurationColumns =
  'id, record_id, source_id, session_id, code, model, model_label, options, abandoned, total_minor, currency, image_url, url, revision, saved, started_at, last_edited_at';

export function* configurations(customers: number, retailer: Retailer): Generator<Row> {
  for (let n = 0; n < customers; n += 1) {
    for (let k = 0; k < perCustomer.configurations; k += 1) {
      const { id, options, totalMinor, editedAt } = built(n, k, retailer);
      const model = models[pick(n, 20 + k, models.length)] ?? '';
      const url = `https://shop.example/configurator/${n}-${k}`;
      const abandoned = [{ group: 'extras', code: 'trailer', label: 'Trailer', price: euros(1900) }];
      const number = n * perCustomer.configurations + k;
      const made = [id, idOf('shop', n), retailer.shop.id, `s${n}-${k}`, codeOf(number), model, model.toUpperCase()];
      const times = [new Date(editedAt.getTime() - hours(1)), editedAt];
      yield [...made, options, abandoned, totalMinor, 'EUR', `${url}.webp`, url, 2, true, ...times];
    }
  }
}

export const activityColumns = 'id, record_id, occurred_at, kind, channel, department, source_id, session, params';

/** In the order of time, customers mixed, as they would have come in. */
export function* activities(customers: number, { shop, till, seededAt }: Retailer): Generator<Row> {
  for (let round = 0; round < perCustomer.activities; round += 1) {
    const at = seededAt - days(Math.ceil((perCustomer.activities - round) * 11));
    for (let n = 0; n < customers; n += 1) {
      const id = idOf('activity', round * customers + n);
      const when = new Date(at + pick(n, round, 864_000) * 1000);
      const thing = extras[pick(n, round, extras.length)];
      if (round % 7 === 3) {
        const params = { orderNumber: `A${n}-${round}`, label: thing, totalMinor: 12_900, currency: 'EUR' };
        yield [id, idOf('till', n), when, 'order.completed', 'store', 'sales', till.id, null, params];
      } else {
        const params = { productId: `p${round}`, label: thing, category: 'cars', priceMinor: 50_000, currency: 'EUR' };
        yield [id, idOf('shop', n), when, 'product.viewed', 'web', 'online', shop.id, `v${n}-${round >> 1}`, params];
      }
    }
  }
}

export const purchaseColumns =
  'id, record_id, source_id, order_number, ordered_at, label, total_minor, currency, channel, lines';

export function* purchases(customers: number, { till, seededAt }: Retailer): Generator<Row> {
  for (let n = 0; n < customers; n += 1) {
    const at = new Date(seededAt - days(30 + pick(n, 4, 600)));
    yield [idOf('purchase', n), idOf('till', n), till.id, `O${n}`, at, 'Winter wheels', 129_900, 'EUR', 'store', []];
  }
}

export const ownedColumns = 'id, record_id, source_id, reference, label, since, detail, said_at';

export function* owned(customers: number, { till, seededAt }: Retailer): Generator<Row> {
  for (let n = 0; n < customers; n += 1) {
    const since = new Date(seededAt - days(700 + pick(n, 5, 2000)));
    const model = models[pick(n, 6, models.length)] ?? '';
    yield [idOf('owned', n), idOf('till', n), till.id, `V${n}`, model.toUpperCase(), since, 'first hand', since];
  }
}

export const consentColumns = 'record_id, purpose, channel, granted, at, source_id';

export function* consents(customers: number, { shop, seededAt }: Retailer): Generator<Row> {
  for (let n = 0; n < customers; n += 1) {
    yield [idOf('shop', n), 'personalisation', 'any', true, new Date(seededAt - days(200)), shop.id];
  }
}

export const pastVisitColumns =
  'id, store_id, record_id, recognised_record_id, state, recognition, strength, day, arrived_at, ended_at, outcome';
export const seenColumns = 'visit_id, configuration_id, options, total_minor, currency';

/** A visit of last month, at the end of which she saw her configurations at another price. */
export function* pastVisits(customers: number, { stores, seededAt }: Retailer): Generator<Row> {
  for (let n = 0; n < customers; n += 1) {
    const at = new Date(seededAt - days(30));
    const store = stores[n % stores.length]?.id ?? '';
    const her = idOf('shop', n);
    yield [
      idOf('pastVisit', n),
      store,
      her,
      her,
      'COMPLETED',
      'CONFIRMED',
      'VERIFIED',
      at.toISOString().slice(0, 10),
      at,
      at,
      'INFORMED',
    ];
  }
}

export function* seen(customers: number, retailer: Retailer): Generator<Row> {
  for (let n = 0; n < customers; n += 1) {
    const { id, options, totalMinor } = built(n, 0, retailer);
    yield [idOf('pastVisit', n), id, options.slice(0, 2), totalMinor + 40_000, 'EUR'];
  }
}
