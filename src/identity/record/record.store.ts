import { CopiedRows } from '../../platform/database/copied-rows.js';
import type { Tx } from '../../platform/database/transactions.js';
import { matchKeysOf } from './match-keys.js';
import type { Traits } from './observation.js';
import { normaliserVersion, profileOfRecord, type StoredIdentifier, type StoredRecord } from './record.rules.js';

interface RecordRow {
  id: string;
  source_id: string;
  source_key: string;
  country: string;
  trusted: boolean;
  traits: Traits;
  traits_at: Record<string, string>;
  asserted: string[] | null;
  first_seen: number;
  last_seen: number;
  identifiers: [string, string, string, boolean, number, number][] | null;
}

/** Rows from which on COPY is cheaper than a prepared statement. */
const worthCopying = 100;

const columns = `r.id, r.source_id, r.source_key, r.country, r.trusted, r.traits, r.traits_at, r.normalised->'asserted' AS asserted,
  (extract(epoch FROM r.first_seen_at) * 1000)::float8 AS first_seen,
  (extract(epoch FROM r.last_seen_at) * 1000)::float8 AS last_seen,
  (SELECT json_agg(json_build_array(i.kind, i.key, i.value, i.asserted,
     (extract(epoch FROM i.first_seen_at) * 1000)::float8, (extract(epoch FROM i.last_seen_at) * 1000)::float8))
   FROM identifier i WHERE i.record_id = r.id) AS identifiers`;

/** The records of these sources and keys. */
export async function readBySourceKey(tx: Tx, sourceIds: string[], sourceKeys: string[]): Promise<StoredRecord[]> {
  const rows = await tx.prepared<RecordRow>(
    'identity-records-by-key',
    `SELECT ${columns} FROM unnest($1::uuid[], $2::text[]) AS w (source_id, source_key)
     JOIN record r USING (source_id, source_key)`,
    [sourceIds, sourceKeys],
  );
  return rows.map(stored);
}

/** The records of these ids. */
export async function readById(tx: Tx, ids: readonly string[]): Promise<StoredRecord[]> {
  const rows = await tx.prepared<RecordRow>(
    'identity-records-by-id',
    `SELECT ${columns} FROM record r WHERE r.id = ANY($1::uuid[])`,
    [ids],
  );
  return rows.map(stored);
}

/** All records of the customer a record belongs to. */
export async function readFellows(tx: Tx, recordId: string): Promise<StoredRecord[]> {
  const rows = await tx.prepared<RecordRow>(
    'identity-records-of-person',
    `SELECT ${columns} FROM membership own JOIN membership fellow USING (customer_id)
     JOIN record r ON r.id = fellow.record_id WHERE own.record_id = $1`,
    [recordId],
  );
  return rows.map(stored);
}

function stored(row: RecordRow): StoredRecord {
  return {
    id: row.id,
    sourceId: row.source_id,
    sourceKey: row.source_key,
    country: row.country,
    trusted: row.trusted,
    traits: row.traits,
    traitsAt: row.traits_at,
    asserted: row.asserted ?? [],
    firstSeen: row.first_seen,
    lastSeen: row.last_seen,
    identifiers: (row.identifiers ?? []).map(([kind, key, value, asserted, from, to]) => ({
      kind,
      key,
      value,
      asserted,
      from,
      to,
    })),
  };
}

/** Writes whole records, new and changed; whose keys change is for `writeKeys` to say. */
export async function writeRecords(tx: Tx, records: readonly StoredRecord[]): Promise<void> {
  if (records.length === 0) return;
  tx.send(
    'identity-write-records',
    `INSERT INTO record AS r (id, source_id, source_key, country, trusted, traits, normalised, normaliser, traits_at, first_seen_at, last_seen_at, match_keys)
     SELECT id, source_id, source_key, country, trusted, traits, normalised, $11, traits_at, first_seen, last_seen, match_keys::bigint[]
     FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::bool[], $6::jsonb[], $7::jsonb[], $8::jsonb[], $9::timestamptz[], $10::timestamptz[], $12::text[])
       AS w (id, source_id, source_key, country, trusted, traits, normalised, traits_at, first_seen, last_seen, match_keys)
     ON CONFLICT (id) DO UPDATE SET country = excluded.country, trusted = excluded.trusted, traits = excluded.traits,
       normalised = excluded.normalised, normaliser = excluded.normaliser, traits_at = excluded.traits_at,
       first_seen_at = excluded.first_seen_at, last_seen_at = excluded.last_seen_at, version = r.version + 1, turn = excluded.turn`,
    [
      records.map((one) => one.id),
      records.map((one) => one.sourceId),
      records.map((one) => one.sourceKey),
      records.map((one) => one.country),
      records.map((one) => one.trusted),
      records.map((one) => JSON.stringify(one.traits)),
      records.map((one) => JSON.stringify(normalForms(one))),
      records.map((one) => JSON.stringify(one.traitsAt)),
      records.map((one) => new Date(one.firstSeen)),
      records.map((one) => new Date(one.lastSeen)),
      normaliserVersion,
      records.map(keyList),
    ],
  );
}

/** Writes records that are new. */
export async function writeNewRecords(tx: Tx, records: readonly StoredRecord[]): Promise<void> {
  if (records.length < worthCopying) return writeRecords(tx, records);
  const rows = new CopiedRows();
  for (const one of records)
    rows
      .row(12)
      .uuid(one.id)
      .uuid(one.sourceId)
      .text(one.sourceKey)
      .text(one.country)
      .boolean(one.trusted)
      .json(one.traits)
      .json(normalForms(one))
      .integer(normaliserVersion)
      .json(one.traitsAt)
      .time(one.firstSeen)
      .time(one.lastSeen)
      .bigints(matchKeysOf(one));
  const columns =
    'id, source_id, source_key, country, trusted, traits, normalised, normaliser, traits_at, first_seen_at, last_seen_at, match_keys';
  await tx.copy('record', columns, rows);
}

/** The keys of a record as an array of PostgreSQL. */
function keyList(record: StoredRecord): string {
  return `{${matchKeysOf(record).join(',')}}`;
}

/** Writes identifiers, new and changed; those of new records are all new. */
export async function writeIdentifiers(
  tx: Tx,
  all: readonly { recordId: string; identifier: StoredIdentifier }[],
  newRecords: ReadonlySet<string>,
): Promise<void> {
  const isCopied = newRecords.size >= worthCopying;
  const held = isCopied ? all.filter(({ recordId }) => !newRecords.has(recordId)) : all;
  if (isCopied)
    await copyIdentifiers(
      tx,
      all.filter(({ recordId }) => newRecords.has(recordId)),
    );
  if (held.length === 0) return;
  const of = held.map(({ identifier }) => identifier);
  tx.send(
    'identity-write-identifiers',
    `INSERT INTO identifier (record_id, kind, key, value, asserted, first_seen_at, last_seen_at)
     SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bool[], $6::timestamptz[], $7::timestamptz[])
     ON CONFLICT (record_id, kind, key) DO UPDATE SET value = excluded.value, asserted = excluded.asserted,
       first_seen_at = excluded.first_seen_at, last_seen_at = excluded.last_seen_at`,
    [
      held.map(({ recordId }) => recordId),
      of.map((one) => one.kind),
      of.map((one) => one.key),
      of.map((one) => one.value),
      of.map((one) => one.asserted),
      of.map((one) => new Date(one.from)),
      of.map((one) => new Date(one.to)),
    ],
  );
}

async function copyIdentifiers(
  tx: Tx,
  held: readonly { recordId: string; identifier: StoredIdentifier }[],
): Promise<void> {
  const rows = new CopiedRows();
  for (const { recordId, identifier: one } of held)
    rows
      .row(7)
      .uuid(recordId)
      .text(one.kind)
      .text(one.key)
      .text(one.value)
      .boolean(one.asserted)
      .time(one.from)
      .time(one.to);
  await tx.copy('identifier', 'record_id, kind, key, value, asserted, first_seen_at, last_seen_at', rows);
}

/** Removes values from a record. */
export async function deleteIdentifiers(
  tx: Tx,
  recordId: string,
  values: readonly { kind: string; key: string }[],
): Promise<void> {
  await tx.query(
    `DELETE FROM identifier i USING unnest($2::text[], $3::text[]) AS w (kind, key)
     WHERE i.record_id = $1 AND i.kind = w.kind AND i.key = w.key`,
    [recordId, values.map(({ kind }) => kind), values.map(({ key }) => key)],
  );
}

/** Normal forms of a record, kept beside what was said. */
export function normalForms(record: StoredRecord): object {
  return { ...profileOfRecord(record), asserted: record.asserted };
}

/** Deletes records, whose keys are gone already, with everything else identity holds of them. */
export async function deleteRecords(tx: Tx, ids: readonly string[]): Promise<void> {
  for (const table of ['identifier', 'membership']) {
    await tx.query(`DELETE FROM ${table} WHERE record_id = ANY($1::uuid[])`, [ids]);
  }
  for (const table of ['edge', 'judgement']) {
    await tx.query(`DELETE FROM ${table} WHERE lo = ANY($1::uuid[]) OR hi = ANY($1::uuid[])`, [ids]);
  }
  await tx.query('DELETE FROM record WHERE id = ANY($1::uuid[])', [ids]);
}
