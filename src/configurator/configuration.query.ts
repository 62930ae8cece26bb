import type { Tx } from '../platform/database/transactions.js';
import { noCurrency } from '../shared/money.js';
import { Configuration } from './configuration.entity.js';

/** Reads: one statement, in a transaction or outside of one. */
export type Reads = Pick<Tx, 'query' | 'prepared'>;

/** A row of `configuration` under the names of the entity. */
export interface ConfigurationRow {
  readonly id: string;
  readonly recordId: string;
  readonly sourceId: string;
  readonly sessionId: string;
  readonly code: string;
  readonly model: string;
  readonly modelLabel: string | null;
  readonly options: Configuration['options'];
  readonly abandoned: Configuration['abandoned'];
  /** PostgreSQL's bigint, as text or in JSON as a number. */
  readonly totalMinor: string | number;
  readonly currency: string;
  readonly imageUrl: string | null;
  readonly url: string | null;
  readonly revision: number;
  readonly saved: boolean;
  readonly startedAt: Date;
  readonly lastEditedAt: Date;
  readonly visitId: string | null;
}

/** Selects a `ConfigurationRow` from `configuration c`. */
export const configurationColumns = `
  c.id, c.record_id AS "recordId", c.source_id AS "sourceId", c.session_id AS "sessionId", c.code, c.model,
  c.model_label AS "modelLabel", c.options, c.abandoned, c.total_minor AS "totalMinor", c.currency,
  c.image_url AS "imageUrl", c.url, c.revision, c.saved, c.started_at AS "startedAt",
  c.last_edited_at AS "lastEditedAt", c.visit_id AS "visitId"`;

/** SQL: whether anything of this row of `configuration` was chosen, priced or saved; of others only the model was opened. */
export function isBegun(row: string): string {
  return `(${row}.saved OR ${row}.options <> '[]' OR ${row}.currency <> '${noCurrency}')`;
}

/** The configuration of a row. */
export function configurationFrom(row: ConfigurationRow): Configuration {
  return Object.assign(new Configuration(), row, { totalMinor: Number(row.totalMinor) });
}

/** The configuration with this id. */
export async function configurationById(db: Reads, id: string): Promise<Configuration | undefined> {
  const [row] = await db.prepared<ConfigurationRow>(
    'configuration-by-id',
    `SELECT ${configurationColumns} FROM configuration c WHERE c.id = $1`,
    [id],
  );
  return row && configurationFrom(row);
}

/** The configuration with this code, written as it was made. */
export async function configurationByCode(db: Reads, code: string): Promise<Configuration | undefined> {
  const [row] = await db.prepared<ConfigurationRow>(
    'configuration-by-code',
    `SELECT ${configurationColumns} FROM configuration c WHERE c.code = $1`,
    [code],
  );
  return row && configurationFrom(row);
}
