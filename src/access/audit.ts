import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/transactions.js';
import { Clock, seconds } from '../shared/clock.js';
import { newId } from '../shared/ids.js';
import type { Actor } from './actor.js';

/** What somebody did or read: who is taken from the actor, when from the clock. */
export interface AuditEntry {
  /** Verb of the shop floor: `visit.context.read`, `identity.confirmed`. */
  readonly action: string;
  readonly actor: Pick<Actor, 'kind' | 'id' | 'staffId' | 'tabletId'>;
  readonly storeId?: string | null;
  readonly customerId?: string | null;
  readonly recordId?: string | null;
  readonly visitId?: string | null;
  /** Names of the fields that were read or changed. */
  readonly fields?: readonly string[];
  /** Ids and codes only, never what a field held. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

type Row = readonly unknown[];

const flushEvery = seconds(0.5);
/** Rows a flush writes at once, and rows that wait at most while the database is away. */
const batch = 500;
const most = 50_000;

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

// One statement for one row and for many: each column arrives as an array.
const insert = `
  INSERT INTO "audit" (${columns.map(([name]) => `"${name}"`).join(', ')})
  SELECT ${columns.map(([name]) => (name === 'fields' ? `ARRAY(SELECT jsonb_array_elements_text("fields"))` : `"${name}"`)).join(', ')}
  FROM unnest(${columns.map(([, type], index) => `$${index + 1}::${type}[]`).join(', ')})
    AS u (${columns.map(([name]) => `"${name}"`).join(', ')})`;

/** The audit trail: who did or read what of whom, at which tablet, when, which fields. */
@Injectable()
export class Audit implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(Audit.name);
  private waiting: Row[] = [];
  private lost = 0;
  private timer?: NodeJS.Timeout;
  private flushing: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.flush(), flushEvery);
    this.timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.flush();
  }

  /** Records a change in the transaction that makes it. */
  async write(tx: Tx, entry: AuditEntry): Promise<void> {
    await tx.query(insert, transpose([this.row(entry)]));
  }

  /** Records a reading within a second, without making the reader wait. */
  read(entry: AuditEntry): void {
    if (this.waiting.length < most) this.waiting.push(this.row(entry));
    else this.lost += 1;
  }

  /** Writes what waits; what could not be written goes on waiting. */
  flush(): Promise<void> {
    this.flushing = this.flushing.then(() => this.drain());
    return this.flushing;
  }

  private async drain(): Promise<void> {
    try {
      while (this.waiting.length > 0) {
        const rows = this.waiting.slice(0, batch);
        await this.insert(rows);
        this.waiting.splice(0, rows.length);
      }
      if (this.lost > 0) this.log.error(`The audit trail lost ${this.lost} readings while the database was away.`);
      this.lost = 0;
    } catch (error) {
      this.log.error(
        { err: error, waiting: this.waiting.length },
        'The audit trail could not be written; its entries wait.',
      );
    }
  }

  private async insert(rows: readonly Row[]): Promise<void> {
    try {
      await this.database.prepared('audit_insert', insert, transpose(rows));
    } catch (error) {
      // A row that PostgreSQL cannot read at all must not hold back the others for ever.
      if (!(error as { code?: string }).code?.startsWith('22')) throw error;
      if (rows.length === 1)
        this.log.error({ err: error, action: rows[0]?.[2] }, 'An entry of the audit trail is malformed.');
      else for (const row of rows) await this.insert([row]);
    }
  }

  private row({ action, actor, storeId, customerId, recordId, visitId, fields = [], detail = {} }: AuditEntry): Row {
    return [
      newId(),
      this.clock.now(),
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
}

function transpose(rows: readonly Row[]): unknown[][] {
  return columns.map((_, index) => rows.map((row) => row[index]));
}
