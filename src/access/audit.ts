import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/transactions.js';
import { Clock, seconds } from '../shared/clock.js';
import { auditColumns, auditRow, insertAudit, type AuditEntry, type AuditRow } from './audit-entry.js';

const flushEvery = seconds(0.5);
/** Rows a flush writes at once, and rows that wait at most while the database is away. */
const batch = 500;
const most = 50_000;

/** The audit trail: who did or read what of whom, at which tablet, when, which fields. */
@Injectable()
export class Audit implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(Audit.name);
  private waiting: AuditRow[] = [];
  private lost = 0;
  private isAway = false;
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
    const lost = this.lost + this.waiting.length;
    if (lost > 0) this.log.error(`The audit trail lost ${lost} readings: the database is away, and this process ends.`);
  }

  /** Records a change in the transaction that makes it. */
  async write(tx: Tx, entry: AuditEntry): Promise<void> {
    tx.send('audit_insert', insertAudit, auditColumns([auditRow(entry, this.clock.now())]));
  }

  /** Records a reading within a second, without making the reader wait. */
  read(entry: AuditEntry): void {
    if (this.waiting.length < most) this.waiting.push(auditRow(entry, this.clock.now()));
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
      this.isAway = false;
    } catch (error) {
      // Once an outage, not twice a second.
      if (!this.isAway) this.log.error({ err: error }, 'The audit trail cannot be written; its entries wait.');
      this.isAway = true;
    }
  }

  private async insert(rows: readonly AuditRow[]): Promise<void> {
    try {
      await this.database.prepared('audit_insert', insertAudit, auditColumns(rows));
    } catch (error) {
      // A row that PostgreSQL cannot read at all, or never takes, must not hold back the others for ever.
      if (!/^2[23]/.test((error as { code?: string }).code ?? '')) throw error;
      if (rows.length === 1)
        this.log.error({ err: error, action: rows[0]?.[2] }, 'An entry of the audit trail is malformed.');
      else for (const row of rows) await this.insert([row]);
    }
  }
}
