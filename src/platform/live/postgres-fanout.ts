import { Logger, type OnModuleDestroy } from '@nestjs/common';
import { Client } from 'pg';
import { seconds } from '../../shared/clock.js';
import { LiveFanout, Listeners, type LiveListener } from './live-fanout.js';

const pgChannel = 'foyer_live';
/** NOTIFY takes a database-wide lock inside its commit, so there is one in this many milliseconds; the first goes at once. */
const gather = 4;
/** PostgreSQL refuses a notification of 8,000 bytes. */
const longest = 7000;

/** LISTEN/NOTIFY on one connection of its own, made anew when it is lost. */
export class PostgresFanout extends LiveFanout implements OnModuleDestroy {
  private readonly logger = new Logger('Live');
  private readonly listeners = new Listeners();
  private readonly waiting = new Set<string>();
  private client: Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private flushedAt = -Infinity;
  private reconnect: NodeJS.Timeout | undefined;
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
    const client = new Client({ connectionString: this.url, keepAlive: true, application_name: 'foyer-live' });
    client.on('error', () => this.lost(client));
    client.on('end', () => this.lost(client));
    client.on('notification', ({ payload }) => this.receive(payload ?? ''));
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
    clearTimeout(this.timer);
    clearTimeout(this.reconnect);
    await this.client?.end();
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

  private lost(client: Client, error?: unknown): void {
    client.removeAllListeners();
    client.on('error', () => undefined);
    if (this.client === client) this.client = undefined;
    if (this.closed || this.reconnect) return;
    this.logger.warn(
      `Live connection lost, trying again every second.${error instanceof Error ? ` ${error.message}` : ''}`,
    );
    this.reconnect = setTimeout(() => {
      this.reconnect = undefined;
      void this.open();
    }, seconds(1));
  }
}
