import { Logger, type OnModuleDestroy } from '@nestjs/common';
import { Client } from 'pg';
import { seconds } from '../../shared/clock.js';
import { inTime } from '../../shared/in-time.js';
import { socketOf } from '../database/socket-of.js';
import { LiveFanout, Listeners, type LiveListener } from './live-fanout.js';

const pgChannel = 'foyer_live';
/** NOTIFY takes a database-wide lock inside its commit, so there is one in this many milliseconds; the first goes at once. */
const gather = 4;
/** How long it may take to connect and to answer, and how often a line is asked whether anybody is there. */
const patience = seconds(5);
const askEvery = seconds(5);
/** PostgreSQL refuses a notification of 8,000 bytes. */
const longest = 7000;

/** LISTEN/NOTIFY on one connection of its own, made anew when it is lost. */
export class PostgresFanout extends LiveFanout implements OnModuleDestroy {
  private readonly logger = new Logger('Live');
  private readonly listeners = new Listeners();
  private readonly waiting = new Set<string>();
  /** The connection that stands or is being made. */
  private trying: Client | undefined;
  /** The one that stands and listens. */
  private client: Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private flushedAt = -Infinity;
  private reconnect: NodeJS.Timeout | undefined;
  private readonly asking = setInterval(() => void this.ask(), askEvery).unref();
  private closed = false;

  constructor(
    private readonly url: string,
    private readonly instance: string,
  ) {
    super();
  }

  /** Opens the connection; a failure is retried every second. */
  async open(): Promise<void> {
    if (this.closed) return;
    const client = new Client({
      connectionString: this.url,
      keepAlive: true,
      connectionTimeoutMillis: patience,
      application_name: 'foyer-live',
    });
    client.on('error', (error) => this.lost(client, error));
    client.on('end', () => this.lost(client));
    client.on('notification', ({ payload }) => this.receive(payload ?? ''));
    this.trying = client;
    try {
      await client.connect();
      await client.query(`LISTEN ${pgChannel}`);
    } catch (error) {
      this.lost(client, error);
      return;
    }
    this.client = client;
    this.listeners.tellAllMissed();
  }

  override publish(channel: string, text: string): void {
    this.listeners.tell(channel, text);
    this.waiting.add(JSON.stringify([channel, text]));
    this.timer ??= setTimeout(() => void this.flush(), this.flushedAt + gather - performance.now());
  }

  override subscribe(channel: string, listener: LiveListener): () => void {
    return this.listeners.add(channel, listener);
  }

  async onModuleDestroy(): Promise<void> {
    this.closed = true;
    clearInterval(this.asking);
    clearTimeout(this.timer);
    clearTimeout(this.reconnect);
    const { trying } = this;
    if (!trying) return;
    await inTime(trying.end(), seconds(1));
    socketOf(trying).destroy();
  }

  private async flush(): Promise<void> {
    this.timer = undefined;
    this.flushedAt = performance.now();
    const hints = [...this.waiting];
    this.waiting.clear();
    const payloads: string[] = [];
    const batch: string[] = [];
    for (const hint of hints) {
      if (batch.join().length + hint.length > longest) payloads.push(this.envelope(batch.splice(0)));
      batch.push(hint);
    }
    if (batch.length > 0) payloads.push(this.envelope(batch));
    try {
      for (const payload of payloads) await this.client?.query('SELECT pg_notify($1, $2)', [pgChannel, payload]);
    } catch (error) {
      this.logger.warn(`Hints to other processes were lost; they will poll. ${String(error)}`);
    }
  }

  private envelope(hints: string[]): string {
    return `${this.instance}[${hints.join(',')}]`;
  }

  /** This process has told its own listeners at once; what comes back of its own is skipped. */
  private receive(payload: string): void {
    const start = payload.indexOf('[');
    if (payload.slice(0, start) === this.instance) return;
    for (const [channel, text] of JSON.parse(payload.slice(start)) as [string, string][])
      this.listeners.tell(channel, text);
  }

  /** A host that has gone closes no connection, and nobody waits for an answer on one that only listens. */
  private async ask(): Promise<void> {
    const { client } = this;
    if (!client) return;
    try {
      if (!(await inTime(client.query('SELECT 1'), patience))) throw new Error('Nobody answers on it.');
    } catch (error) {
      this.lost(client, error);
    }
  }

  private lost(client: Client, error?: unknown): void {
    if (this.trying !== client) return;
    this.trying = undefined;
    this.client = undefined;
    socketOf(client).destroy();
    if (this.closed) return;
    this.logger.warn(
      `Live connection lost, trying again every second.${error instanceof Error ? ` ${error.message}` : ''}`,
    );
    this.reconnect = setTimeout(() => void this.open(), seconds(1));
  }
}
