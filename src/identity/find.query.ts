import { isUnusable } from './identifier.js';
import type { IdentifierKinds } from './identifier-kinds.js';
import type { PersonName } from './normalise/name.rules.js';
import type { LiveRecord } from './partition/live-record.js';
import { overFull, type ValueState, valueState } from './partition/value-state.rules.js';

/** Anything that runs a statement: the database, or an open transaction. */
export interface Reads {
  query<Row extends object>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
}

/** A value somebody is looked for by. */
export interface Sought {
  kind: string;
  value: string;
  /** The store's country, for a phone number said the local way. */
  country?: string | undefined;
  /** The source whose account or customer number it is; without it a scoped value is looked for in every source. */
  scope?: string | undefined;
}

/** A record that bears a sought value. */
export interface Found {
  recordId: string;
  customerId: string;
  kind: string;
  key: string;
  asserted: boolean;
  state: ValueState;
}

interface BearerRow {
  kind: string;
  key: string;
  record_id: string;
  customer_id: string;
  asserted: boolean;
  blocked: boolean;
  name: PersonName | null;
  others: [string, string][] | null;
}

const sql = `
  SELECT i.kind, i.key, i.record_id, m.customer_id, i.asserted, r.normalised->'name' AS name,
    EXISTS (SELECT FROM blocked_value b WHERE b.kind = i.kind AND b.key IN (i.key, substring(i.key FROM ':.*'))) AS blocked,
    (SELECT json_agg(json_build_array(o.kind, o.key)) FROM identifier o WHERE o.record_id = i.record_id AND o.asserted) AS others
  FROM unnest($1::text[], $2::text[]) AS w (kind, key)
  CROSS JOIN LATERAL (
    SELECT * FROM identifier x WHERE x.kind = w.kind AND x.key = w.key ORDER BY x.asserted DESC, x.record_id LIMIT $3
  ) AS i
  JOIN record r ON r.id = i.record_id
  JOIN membership m ON m.record_id = i.record_id`;

/**
 * Records that bear one of these values, with what the value is worth; values that identify nobody find nobody.
 * Claims are found too, after the assertions, unless `assertedOnly`.
 */
export async function findBearers(
  db: Reads,
  sought: readonly Sought[],
  kinds: IdentifierKinds,
  { assertedOnly = false }: { assertedOnly?: boolean } = {},
): Promise<Found[]> {
  const wanted = await keysOf(db, sought, kinds);
  if (wanted.length === 0) return [];
  const rows = await db.query<BearerRow>(sql, [
    wanted.map(({ kind }) => kind),
    wanted.map(({ key }) => key),
    overFull + 1,
  ]);
  return wanted.flatMap(({ kind, key }) => {
    const bearers = rows.filter((row) => row.kind === kind && row.key === key);
    const state = stateOf(bearers, kind, kinds);
    return bearers
      .filter((row) => row.asserted || !assertedOnly)
      .map((row) => ({
        recordId: row.record_id,
        customerId: row.customer_id,
        kind,
        key,
        asserted: row.asserted,
        state,
      }));
  });
}

/** The keys of sought values, as records hold them; a value nobody can bear has none. */
export async function keysOf(
  db: Reads,
  sought: readonly Sought[],
  kinds: IdentifierKinds,
): Promise<{ kind: string; key: string }[]> {
  const keys: { kind: string; key: string }[] = [];
  for (const { kind, value, country, scope } of sought) {
    const description = kinds.get(kind);
    const outcome = description?.normalise(value, { country, scope });
    if (!description || !outcome || isUnusable(outcome)) continue;
    if (!description.scoped || scope !== undefined) keys.push({ kind, key: outcome.key });
    else for (const source of await sourceIds(db)) keys.push({ kind, key: `${source}${outcome.key}` });
  }
  return keys;
}

async function sourceIds(db: Reads): Promise<string[]> {
  const rows = await db.query<{ id: string }>('SELECT id FROM source');
  return rows.map((row) => row.id);
}

function stateOf(bearers: readonly BearerRow[], kind: string, kinds: IdentifierKinds): ValueState {
  const description = kinds.get(kind);
  if (!description || bearers.some((row) => row.blocked)) return 'generic';
  const holders = bearers
    .filter((row) => row.asserted)
    .map((row): LiveRecord => {
      const identifiers = (row.others ?? []).map(([other, key]) => ({
        kind: other,
        key,
        asserted: true,
        from: 0,
        to: 0,
      }));
      return { id: row.record_id, rank: row.record_id, name: row.name ?? undefined, identifiers };
    });
  return valueState(holders, description, kinds);
}
