import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { Ledger } from './ledger.js';
import { Load } from './load.js';
import { Processes, type Victim } from './processes.js';
import type { Random } from './random.js';
import { openRetailer, type Retailer } from './retailer.js';
import { TabletClient } from './tablets.js';
import {
  arrivalsOf,
  verifyLedger,
  verifySettled,
  verifyTablets,
  verifyWork,
  type Faults,
  type Findings,
} from './verify.js';

/** Work is there again this many milliseconds after a kill. */
const resumeWithin = 15_000;
const kinds = ['events', 'configuration', 'check-in'] as const;

/** Whom to kill, and how many milliseconds after work was back from the kill before. */
export interface Kill {
  readonly victim: Victim;
  readonly after: number;
}

/** A run of the test. */
export interface Plan {
  readonly kills: readonly Kill[];
  /** Chance of the load only: how often it draws depends on how fast it is answered. */
  readonly load: Random;
  /** The control: web processes acknowledge before they commit. */
  readonly hasty: boolean;
  readonly tell: (line: string) => void;
}

/** Plays one run and returns what did not hold. */
export async function play(plan: Plan): Promise<Findings> {
  const processes = await Processes.start(plan.hasty);
  try {
    const database = new Watched(await processes.databaseUrl());
    const retailer = await openRetailer(database.url);
    return await new Run(plan, processes, database, retailer).play();
  } catch (error) {
    plan.tell(processes.lastWords());
    throw error;
  } finally {
    await processes.stop();
  }
}

/** A look into the database that survives its death. */
class Watched {
  constructor(readonly url: string) {}

  async look<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client({ connectionString: this.url, connectionTimeoutMillis: 2_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return await work(client);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

class Run {
  private readonly ledger = new Ledger();
  private readonly findings: { lost: Faults; wrong: Faults } = { lost: [], wrong: [] };
  private readonly tablets: TabletClient[];

  constructor(
    private readonly plan: Plan,
    private readonly processes: Processes,
    private readonly database: Watched,
    private readonly retailer: Retailer,
  ) {
    // The tablets of a store begin at different web processes; the load goes to the first.
    const webs = [processes.urlOf('web-1'), processes.urlOf('web-2')];
    this.tablets = retailer.stores.flatMap(({ id, tablets }) =>
      tablets.map((token, index) => new TabletClient(id, token, webs, index)),
    );
  }

  async play(): Promise<Findings> {
    const { hasty, kills, tell } = this.plan;
    await Promise.all(this.tablets.map((tablet) => tablet.start()));
    const line = { url: this.processes.urlOf('web-1'), repeat: !hasty };
    const load = new Load(line, this.retailer, this.ledger, this.plan.load);
    load.start();
    await sleep(2_000);
    for (const [index, { victim, after }] of kills.entries()) {
      await sleep(after);
      const killedAt = performance.now();
      await this.processes.kill(victim);
      const took = await this.resumed(killedAt);
      tell(`kill ${String(index + 1).padStart(2)}: ${victim.padEnd(8)} work is back: ${took}`);
    }
    await load.stop();
    await this.settleDown();
    await Promise.all(this.tablets.map((tablet) => tablet.stop()));
    await this.database.look(async (client) => {
      const { lost, wrong } = await verifyLedger(client, this.ledger, this.retailer);
      this.findings.lost.push(...lost);
      this.findings.wrong.push(...wrong);
      if (hasty) return;
      this.findings.wrong.push(
        ...verifySettled(this.ledger),
        ...(await verifyWork(client, this.ledger, this.retailer)),
      );
      this.findings.wrong.push(...(await verifyTablets(client, this.ledger, this.tablets)));
    });
    const sums = kinds.map((kind) => `${this.ledger.acknowledged(kind).length} × ${kind}`).join(', ');
    const lines = this.tablets.reduce((sum, { connections }) => sum + connections, 0);
    tell(`acknowledged: ${sums}; settled by repeating: ${this.ledger.repeated}; lines opened by tablets: ${lines}`);
    return this.findings;
  }

  /** Waits until everything works again: each kind of request, the queue, and each tablet. */
  private async resumed(killedAt: number): Promise<string> {
    const waiting = new Map<string, () => boolean | Promise<boolean>>([
      ...kinds.map((kind) => [kind, () => this.ledger.resumed(kind, killedAt) !== undefined] as const),
      ['queue', () => this.queueWorked(killedAt)],
    ]);
    if (!this.plan.hasty)
      for (const [index, tablet] of this.tablets.entries())
        waiting.set(`tablet ${index}`, () => this.heardAgain(tablet, killedAt));
    const backAfter = new Map<string, number>();
    for (;;) {
      const passed = performance.now() - killedAt;
      for (const [what, isBack] of waiting) {
        if (!(await isBack())) continue;
        waiting.delete(what);
        backAfter.set(what, Math.max(backAfter.get(what) ?? 0, passed));
      }
      if (waiting.size === 0) break;
      if (passed > resumeWithin) {
        const missing = [...waiting.keys()].join(', ');
        this.findings.wrong.push(`not back within 15 s: ${missing}\n${this.processes.lastWords(12)}`);
        return `more than 15 s: ${missing}`;
      }
      await sleep(50);
    }
    const slowest = (...names: readonly string[]): string =>
      (Math.max(0, ...names.map((name) => backAfter.get(name) ?? 0)) / 1000).toFixed(1);
    const tablets = this.tablets.map((_, index) => `tablet ${index}`);
    return `requests ${slowest(...kinds)} s, queue ${slowest('queue')} s, tablets ${slowest(...tablets)} s`;
  }

  /** Whether the tablet was told of a visitor who came after the kill. */
  private heardAgain(tablet: TabletClient, killedAt: number): boolean {
    const since = tablet.seen.filter(({ at }) => at > killedAt);
    if (since.length === 0) return false;
    return this.ledger.attempts.some(
      ({ kind, sentAt, answered, storeId }) =>
        kind === 'check-in' &&
        sentAt > killedAt &&
        storeId === tablet.storeId &&
        since.some(({ visitId }) => visitId === answered),
    );
  }

  /** Whether a worker has made a record of somebody who came after the kill. */
  private async queueWorked(killedAt: number): Promise<boolean> {
    const newcomers = this.ledger
      .acknowledged('events')
      .filter(({ sentAt }) => sentAt > killedAt)
      .map(({ key }) => key);
    if (newcomers.length === 0) return false;
    const { id } = this.retailer.shop;
    return this.database
      .look(async (client) => {
        const sql = `SELECT 1 FROM identifier i JOIN record r ON r.id = i.record_id
          WHERE i.kind = 'account' AND i.value = ANY($2) AND r.source_id = $1 LIMIT 1`;
        return (await client.query(sql, [id, newcomers])).rowCount === 1;
      })
      .catch(() => false);
  }

  /** Lets tablets and queue come to rest, at most as long as work may take to resume. */
  private async settleDown(): Promise<void> {
    const end = performance.now() + resumeWithin;
    while (performance.now() < end) {
      const rest = await this.database.look((client) => this.atRest(client)).catch(() => false);
      if (rest) return;
      await sleep(200);
    }
  }

  private async atRest(client: pg.Client): Promise<boolean> {
    if ((await client.query('SELECT 1 FROM outbox LIMIT 1')).rowCount !== 0) return false;
    if ((await verifyWork(client, this.ledger, this.retailer)).length > 0) return false;
    for (const tablet of this.tablets) {
      const arrivals = (await arrivalsOf(client, tablet.storeId)).length;
      if (tablet.seen.filter(({ kind }) => kind === 'ARRIVED').length < arrivals) return false;
    }
    return true;
  }
}
