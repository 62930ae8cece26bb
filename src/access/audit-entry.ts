import { newId } from '../shared/ids.js';
import type { Actor } from './actor.js';
import type { Sql } from './enrolment/sql.js';

/** What somebody did or read: who is taken from the actor, when from the clock. */
export interface AuditEntry {
  /** Verb of the shop floor: `visit.context.read`, `identity.confirmed`. */
  readonly action: string;
  readonly actor: Pick<Actor, 'kind' | 'id' | 'staffId' | 'tabletId'> | typeof operator;
  readonly storeId?: string | null;
  readonly customerId?: string | null;
  readonly recordId?: string | null;
  readonly visitId?: string | null;
  /** Names of the fields that were read or changed. */
  readonly fields?: readonly string[];
  /** Ids and codes only, never what a field held. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** Whoever types commands on the server. */
export const operator = { kind: 'OPERATOR', id: null, staffId: undefined, tabletId: undefined } as const;

/** An entry as the table holds it. */
export type AuditRow = readonly unknown[];

const columns = [
  ['id', 'uuid'],
  ['at', 'timestamptz'],
  ['action', 'text'],
  ['actor_kind', 'text'],
  ['actor_id', 'uuid'],
  ['staff_id', 'uuid'],
  ['tablet_id', 'uuid'],
  ['store_id', 'uuid'],
  ['customer_id', 'uuid'],
  ['record_id', 'uuid'],
  ['visit_id', 'uuid'],
  ['fields', 'jsonb'],
  ['detail', 'jsonb'],
] as const;

/** Inserts one row or many, each column as an array; what was committed although nobody heard so is not inserted twice. */
export const insertAudit = `
  INSERT INTO "audit" (${columns.map(([name]) => `"${name}"`).join(', ')})
  SELECT ${columns.map(([name]) => (name === 'fields' ? `ARRAY(SELECT jsonb_array_elements_text("fields"))` : `"${name}"`)).join(', ')}
  FROM unnest(${columns.map(([, type], index) => `$${index + 1}::${type}[]`).join(', ')})
    AS u (${columns.map(([name]) => `"${name}"`).join(', ')})
  ON CONFLICT ("id", "at") DO NOTHING`;

/** The row of an entry that happens now. */
export function auditRow(
  { action, actor, storeId, customerId, recordId, visitId, fields = [], detail = {} }: AuditEntry,
  now: Date,
): AuditRow {
  return [
    newId(),
    now,
    action,
    actor.kind,
    actor.id,
    actor.staffId ?? null,
    actor.tabletId ?? null,
    storeId ?? null,
    customerId ?? null,
    recordId ?? null,
    visitId ?? null,
    JSON.stringify(fields),
    JSON.stringify(detail),
  ];
}

/** The parameters of `insertAudit`. */
export function auditColumns(rows: readonly AuditRow[]): unknown[][] {
  return columns.map((_, index) => rows.map((row) => row[index]));
}

/** Records a change in the transaction that makes it. */
export async function writeAudit(tx: Sql, entry: AuditEntry, now: Date): Promise<void> {
  await tx.query(insertAudit, auditColumns([auditRow(entry, now)]));
}
