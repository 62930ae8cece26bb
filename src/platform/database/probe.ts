import { Client } from 'pg';
import { socketOf } from './socket-of.js';

/**
 * A connection that stands idle until somebody wants to know whether the server lives: an answer on it costs no new process of the server's,
 * which a busy machine takes half a second to make.
 */
export class Probe {
  private client: Client | undefined;
  private isGreeted = false;
  /** What is known to live beside the bytes that came: servers that have refused us. */
  private refusals = 0;

  constructor(private readonly url: string) {}

  /** A number that changes when the server is heard. */
  get heard(): number {
    return this.refusals + (this.client ? socketOf(this.client).bytesRead : 0);
  }

  /** Whether it was greeted: a server that does not answer on it now did so before. */
  get stands(): boolean {
    return this.isGreeted;
  }

  /** Connects, unless it is or is about to be connected. */
  open(): void {
    if (this.client) return;
    const client = new Client({ connectionString: this.url, keepAlive: true, application_name: 'foyer-pulse' });
    this.client = client;
    const lost = (): void => this.lose(client);
    client.on('error', lost).on('end', lost);
    client.connect().then(() => {
      if (this.client !== client) return;
      this.isGreeted = true;
      socketOf(client).unref();
    }, lost);
  }

  /** Asks for nothing; an answer is heard, and a connection that breaks over it is lost by its own event. */
  ask(): void {
    if (this.isGreeted) void this.client?.query('SELECT 1').catch(() => undefined);
    else this.open();
  }

  /** Lets go of the connection, whatever has become of the server. */
  close(): void {
    const { client } = this;
    if (!client) return;
    this.forget();
    void client.end().catch(() => undefined);
    setImmediate(() => socketOf(client).destroy());
  }

  /** Whoever refuses us, or closes what it cannot serve, lives. */
  private lose(client: Client): void {
    if (this.client !== client) return;
    this.refusals += 1 + this.heard;
    this.forget();
  }

  private forget(): void {
    this.client = undefined;
    this.isGreeted = false;
  }
}
