import type { Reads } from '../find.query.js';
import { identifierKinds } from '../identifier-kinds.js';
import type { Traits } from '../record/observation.js';
import type { CustomerRecord } from './customer-record.view.js';
import { type Clearance, shownValues } from './mask-record.rules.js';
import type { Told } from './standing.rules.js';

/** A record as it is shown, and what it says, for comparing. */
export interface ReadRecord extends CustomerRecord {
  readonly told: Told;
}

interface Row {
  id: string;
  country: string;
  customer_id: string;
  source: string;
  department: string;
  traits: Traits;
  first_seen_at: Date;
  last_seen_at: Date;
  held: { kind: string; key: string; value: string }[] | null;
}

const columns = `r.id, m.customer_id, s.name AS source, s.department, r.country, r.traits, r.first_seen_at, r.last_seen_at,
  (SELECT json_agg(json_build_object('kind', i.kind, 'key', i.key, 'value', i.value)) FROM identifier i WHERE i.record_id = r.id) AS held
  FROM record r JOIN membership m ON m.record_id = r.id JOIN source s ON s.id = r.source_id`;

/** Records of these ids as somebody of this clearance may read them, by id. */
export async function recordsById(
  db: Reads,
  ids: readonly string[],
  clearance: Clearance,
): Promise<Map<string, ReadRecord>> {
  const rows = await db.query<Row>(`SELECT ${columns} WHERE r.id = ANY($1::uuid[])`, [ids]);
  return new Map(rows.map((row) => [row.id, shown(row, clearance)]));
}

/** The records of a customer, the oldest first. */
export async function recordsOfCustomer(
  db: Reads,
  customerId: string,
  clearance: Clearance,
): Promise<CustomerRecord[]> {
  const rows = await db.query<Row>(`SELECT ${columns} WHERE m.customer_id = $1 ORDER BY r.id`, [customerId]);
  return rows.map((row) => shown(row, clearance));
}

function shown(row: Row, clearance: Clearance): ReadRecord {
  const held = row.held ?? [];
  return {
    id: row.id,
    customerId: row.customer_id,
    source: row.source,
    department: row.department,
    firstSeenAt: row.first_seen_at,
    lastSeenAt: row.last_seen_at,
    values: shownValues({ traits: row.traits, held }, clearance, identifierKinds),
    told: { traits: row.traits, held, country: row.country, lastSeenAt: row.last_seen_at },
  };
}
