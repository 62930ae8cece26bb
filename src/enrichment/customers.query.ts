import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import { after, hours } from '../shared/clock.js';
import { widest } from './compute.rules.js';
import { isBegun } from '../configurator/configuration.query.js';
import { ownerOf } from '../customer/departments.rules.js';
import type { CustomerInput } from './step-input.js';
import { steps } from './steps.js';

/** A visit that is not over. */
export interface OpenVisit {
  readonly id: string;
  readonly storeId: string;
  readonly version: number;
  readonly arrivedAt: string | null;
  /** She is recognised on it; otherwise it is only by the visit's own record that it is hers. */
  readonly recognised: boolean;
}

/** A customer whose facts are to be computed anew, read in one snapshot with the version this is. */
export interface LoadedCustomer extends CustomerInput {
  /** bigint as text. */
  readonly version: string;
  readonly separations: number;
  /** Her visits that are not over: their tablets are told. */
  readonly openVisits: readonly OpenVisit[];
}

/** What was asked for: customers by id, and visits whose customers are meant. */
export interface Asked {
  readonly customerIds: readonly string[];
  readonly visitIds: readonly string[];
}

/** What of it is to be computed, and which of the customers are no more. */
export interface Loaded {
  readonly customers: readonly LoadedCustomer[];
  readonly goneIds: readonly string[];
}

/** Something as it stands in the database: the department that was stated, and kind and department of its source. */
type Said<T> = Omit<T, 'department'> & {
  readonly department?: string;
  readonly saidBy: readonly [kind: string, department: string];
};

type Told = 'timeline' | 'purchases' | 'owned' | 'matters';

type LoadedRow = Omit<LoadedCustomer, Told> & {
  readonly [List in Told]: readonly Said<LoadedCustomer[List][number]>[];
};

interface Row {
  readonly id: string;
  readonly customer: LoadedRow | null;
  readonly gone: boolean;
}

/** Facts of the customer's present version are computed again only when older than this, for what time changes. */
const freshFor = hours(1);

/** Customers, and visits, that are asked for at once. */
export const mostAsked = 25;

const most = { configurations: 20, purchases: 50, owned: 30, matters: 30, visits: 20 } as const;

/** JSON of the newest rows of hers in a table, by its records. */
function newest(columns: string, from: string, record: string, order: string, limit: number): string {
  return `coalesce((
      SELECT json_agg(json_build_object(${columns}) ORDER BY ${order})
      FROM (SELECT x.*, json_build_array(o.kind, o.department) AS said_by FROM ${from} x JOIN source o ON o.id = x.source_id WHERE x.record_id = ANY(${record}) ORDER BY ${order.replaceAll('y.', 'x.')} LIMIT ${limit}) y
    ), '[]'::json)`;
}

const money = (minor: string, currency: string): string =>
  `json_build_object('amountMinor', ${minor}, 'currency', ${currency})`;

// Ids come as JSON: of an array PostgreSQL would count the elements and plan anew for every length.
const sql = `
WITH asked AS (
  SELECT value::uuid AS id FROM (SELECT value FROM json_array_elements_text($1::json) LIMIT ${mostAsked}) ids
  UNION
  SELECT m.customer_id FROM (SELECT value::uuid AS id FROM json_array_elements_text($2::json) LIMIT ${mostAsked}) ids
  JOIN visit v ON v.id = ids.id
  JOIN membership m ON m.record_id = v.record_id OR m.record_id = v.recognised_record_id
)
SELECT asked.id, c.id IS NULL AS gone, CASE WHEN c.id IS NOT NULL AND NOT fresh.all THEN json_build_object(
    'id', c.id, 'version', c.version::text, 'separations', c.separations, 'createdAt', c.created_at,
    'records', coalesce((
      SELECT json_agg(json_build_object(
        'id', r.id, 'trusted', r.trusted, 'traits', r.traits, 'traitsAt', r.traits_at,
        'firstSeenAt', r.first_seen_at, 'lastSeenAt', r.last_seen_at,
        'source', json_build_object('code', o.code, 'name', o.name, 'department', o.department),
        'loyaltyId', (SELECT i.value FROM identifier i WHERE i.record_id = r.id AND i.kind = 'loyalty'
                      ORDER BY i.asserted DESC, i.last_seen_at DESC, i.key LIMIT 1)
      ) ORDER BY r.id)
      FROM record r JOIN source o ON o.id = r.source_id WHERE r.id = ANY(hers.records) AND r.deleted_at IS NULL
    ), '[]'::json),
    'timeline', coalesce((
      SELECT json_agg(json_build_object('id', t.id, 'at', t.occurred_at, 'kind', t.kind, 'channel', t.channel,
        'department', t.department, 'saidBy', t.said_by, 'session', t.session, 'params', t.params)
        ORDER BY t.occurred_at DESC, t.kind, t.id)
      FROM (
        SELECT a.*, one.said_by FROM (
          SELECT r.id AS record_id, json_build_array(o.kind, o.department) AS said_by
          FROM record r JOIN source o ON o.id = r.source_id WHERE r.id = ANY(hers.records)
        ) one
        CROSS JOIN LATERAL (
          SELECT * FROM activity a
          WHERE a.record_id = one.record_id AND a.occurred_at >= $4 AND ($5::text[] IS NULL OR a.kind = ANY($5::text[]))
          ORDER BY a.occurred_at DESC, a.id DESC LIMIT $6
        ) a
        ORDER BY a.occurred_at DESC, a.id DESC LIMIT $6
      ) t
    ), '[]'::json),
    'configurations', coalesce((
      SELECT json_agg(json_build_object(
        'id', k.id, 'model', k.model, 'modelLabel', k.model_label, 'options', k.options, 'abandoned', k.abandoned,
        'total', ${money('k.total_minor', 'k.currency')}, 'saved', k.saved,
        'startedAt', k.started_at, 'lastEditedAt', k.last_edited_at,
        'seen', CASE WHEN n.visit_id IS NOT NULL THEN json_build_object(
          'optionCodes', jsonb_path_query_array(n.options, '$[*].code'),
          'total', ${money('n.total_minor', 'n.currency')}, 'at', past.ended_at) END
      ) ORDER BY k.last_edited_at DESC, k.id)
      FROM (SELECT * FROM configuration x WHERE x.record_id = ANY(hers.records) AND ${isBegun('x')}
            ORDER BY x.last_edited_at DESC, x.id LIMIT ${most.configurations}) k
      LEFT JOIN visit_seen n ON n.visit_id = past.id AND n.configuration_id = k.id
    ), '[]'::json),
    'purchases', ${newest(
      `'id', y.id, 'label', y.label, 'orderedAt', y.ordered_at, 'channel', y.channel, 'saidBy', y.said_by, 'state', y.state,
       'total', CASE WHEN y.total_minor IS NOT NULL AND y.currency IS NOT NULL THEN ${money('y.total_minor', 'y.currency')} END`,
      'purchase',
      'hers.records',
      'y.ordered_at DESC, y.id',
      most.purchases,
    )},
    'owned', ${newest(
      `'id', y.id, 'label', y.label, 'since', y.since, 'until', y.until, 'detail', y.detail, 'saidBy', y.said_by`,
      'owned_product',
      'hers.records',
      'y.since DESC NULLS LAST, y.id',
      most.owned,
    )},
    'matters', coalesce((
      SELECT json_agg(json_build_object('id', x.id, 'department', x.department, 'saidBy', x.said_by, 'openedAt', x.opened_at, 'complaint', x.complaint)
        ORDER BY x.opened_at DESC, x.id)
      FROM (SELECT x.*, json_build_array(o.kind, o.department) AS said_by
            FROM open_matter x JOIN source o ON o.id = x.source_id WHERE x.record_id = ANY(hers.records) AND x.closed_at IS NULL
            ORDER BY x.opened_at DESC LIMIT ${most.matters}) x
    ), '[]'::json),
    'visits', coalesce((
      SELECT json_agg(json_build_object('id', x.id, 'storeId', x.store_id, 'endedAt', x.ended_at, 'associate', x.code)
        ORDER BY x.ended_at DESC)
      FROM (SELECT v.id, v.store_id, v.ended_at, w.code FROM visit v LEFT JOIN staff w ON w.id = v.associate_id
            WHERE v.record_id = ANY(hers.records) AND v.state = 'COMPLETED'
            ORDER BY v.ended_at DESC LIMIT ${most.visits}) x
    ), '[]'::json),
    'openVisits', coalesce((
      SELECT json_agg(json_build_object('id', v.id, 'storeId', v.store_id, 'version', v.version,
        'arrivedAt', v.arrived_at, 'recognised', coalesce(v.recognised_record_id = ANY(hers.records), false)) ORDER BY v.id)
      FROM visit v
      WHERE (v.record_id = ANY(hers.records) OR v.recognised_record_id = ANY(hers.records))
        AND v.state IN ('WAITING', 'SERVING', 'AWAY')
    ), '[]'::json)
  ) END AS customer
FROM asked
LEFT JOIN LATERAL (SELECT * FROM customer WHERE id = asked.id LIMIT 1) c ON true
LEFT JOIN LATERAL (
  SELECT array_agg(m.record_id ORDER BY m.record_id) AS records FROM membership m WHERE m.customer_id = c.id
) hers ON true
LEFT JOIN LATERAL (
  SELECT v.id, v.ended_at FROM visit v JOIN store s ON s.id = v.store_id
  WHERE v.record_id = ANY(hers.records) AND v.state = 'COMPLETED' AND v.day < ($3::timestamptz AT TIME ZONE s.time_zone)::date
  ORDER BY v.ended_at DESC LIMIT 1
) past ON true
CROSS JOIN LATERAL (
  SELECT count(*) = cardinality($7::text[]) AS all FROM fact f
  WHERE f.customer_id = c.id AND f.step = ANY($7::text[]) AND f.state = 'READY'
    AND f.input_version = c.version AND f.separations = c.separations AND f.computed_at > $8
) fresh`;

/** Reads everything the steps declare to read, for many customers in one statement. */
@Injectable()
export class CustomersQuery {
  private readonly reads = widest(steps);
  private readonly names = steps.map(({ name }) => name);

  constructor(private readonly database: Database) {}

  /** The customers asked for whose facts are not those of their present version; one that is gone is named. */
  async load({ customerIds, visitIds }: Asked, now: Date): Promise<Loaded> {
    const { since, kinds, limit } = this.reads;
    const rows = await this.database.prepared<Row>('customers-for-facts', sql, [
      JSON.stringify(customerIds),
      JSON.stringify(visitIds),
      now,
      after(now, -since),
      kinds,
      limit,
      this.names,
      after(now, -freshFor),
    ]);
    return {
      customers: rows
        .flatMap(({ customer }) => (customer ? withOwners(customer) : []))
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
      goneIds: rows.filter(({ gone }) => gone).map(({ id }) => id),
    };
  }
}

/** The same customer, everything with the department whose content it is. */
function withOwners(row: LoadedRow): LoadedCustomer {
  const { timeline, purchases, owned, matters } = row;
  return {
    ...row,
    timeline: timeline.map(withOwner),
    purchases: purchases.map(withOwner),
    owned: owned.map(withOwner),
    matters: matters.map(withOwner),
  };
}

function withOwner<T extends Said<object>>({
  saidBy,
  department,
  ...rest
}: T): Omit<T, keyof Said<object>> & {
  readonly department: string;
} {
  const [kind, own] = saidBy;
  return { ...rest, department: ownerOf({ kind, department: own }, department) };
}
