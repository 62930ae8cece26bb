import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

/** What a tablet was told of. */
export interface Seen {
  readonly cursor: string;
  readonly kind: string;
  readonly visitId: string;
  readonly at: number;
}

interface Told {
  readonly arrivals: { readonly cursor: string; readonly kind: string; readonly visit: { readonly id: string } };
}

/** What a tablet of this test follows. */
export const arrivals = `subscription Arrivals($storeId: ID!, $after: String) {
  arrivals(storeId: $storeId, after: $after) { cursor kind visit { id } } }`;

/** Where it begins. */
export const board = 'query Board($storeId: ID!) { board(storeId: $storeId) { cursor } }';

/**
 * A tablet that watches its store and takes up the thread at its last cursor whenever the line breaks, at the next web process,
 * as one behind a load balancer does.
 */
export class TabletClient {
  readonly seen: Seen[] = [];
  /** How often it got through to the web process. */
  connections = 0;
  private readonly stopping = new AbortController();
  private loop: Promise<void> = Promise.resolve();
  private cursor = '';
  private hangUp: () => unknown = () => undefined;

  constructor(
    readonly storeId: string,
    private readonly token: string,
    private readonly webs: readonly string[],
    private place: number,
  ) {}

  private get url(): string {
    return this.webs[this.place % this.webs.length] as string;
  }

  /** Reads the board, whose cursor is where watching begins. */
  async start(): Promise<void> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.token}` },
      body: JSON.stringify({
        query: board,
        variables: { storeId: this.storeId },
      }),
    });
    const answer = (await response.json()) as { data?: { board: { cursor: string } }; errors?: unknown };
    if (!answer.data) throw new Error(`The board does not answer: ${JSON.stringify(answer.errors)}`);
    this.cursor = answer.data.board.cursor;
    this.loop = this.watch();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.hangUp();
    await this.loop;
  }

  private async watch(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        await this.listen();
      } catch {
        // The line broke; the next one goes on at the cursor.
      }
      this.place += 1;
      await sleep(150, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }

  private async listen(): Promise<void> {
    const client = createClient({
      url: `${this.url.replace(/^http/, 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${this.token}` },
      retryAttempts: 0,
      on: { connected: () => (this.connections += 1) },
    });
    this.hangUp = () => client.dispose();
    const variables = { storeId: this.storeId, after: this.cursor };
    try {
      for await (const { data, errors } of client.iterate<Told>({ query: arrivals, variables })) {
        if (errors || !data) throw new Error(JSON.stringify(errors));
        const { cursor, kind, visit } = data.arrivals;
        this.cursor = cursor;
        this.seen.push({ cursor, kind, visitId: visit.id, at: performance.now() });
      }
    } finally {
      await client.dispose();
    }
  }
}
