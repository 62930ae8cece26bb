import { WebSocket } from 'ws';
import { ask, eventually } from './foyer.js';

/** An arrival as it is served. */
export interface ServedArrival {
  readonly cursor: string;
  readonly kind: string;
  readonly visit: {
    readonly id: string;
    readonly state: string;
    /** Where the story asks for it. */
    readonly calledName?: string | null;
    readonly context: { readonly version: number; readonly customer: { readonly displayName: string } | null } | null;
  };
}

const defaultFields = 'id state context { version customer { displayName } }';

/** A tablet that listens to its store over a real WebSocket (graphql-transport-ws). */
export class Tablet {
  readonly arrivals: ServedArrival[] = [];
  readonly errors: { message: string; extensions?: { code?: string } }[] = [];
  closedWith: number | undefined;
  private socket: WebSocket | undefined;

  constructor(
    private readonly url: string,
    private readonly token: string,
    private readonly storeId: string,
    private readonly fields = defaultFields,
  ) {}

  /** Connects and follows the store from a cursor: a given one, the last it was told, or where the board stands. */
  async follow(after?: string): Promise<this> {
    return this.subscribe(after ?? this.arrivals.at(-1)?.cursor ?? (await this.now()));
  }

  /** Connects and follows the store from a cursor; without one, from when the server has heard of it, which nothing confirms. */
  async subscribe(after?: string): Promise<this> {
    const socket = new WebSocket(`${this.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    this.socket = socket;
    this.closedWith = undefined;
    socket.on('error', () => undefined);
    socket.on('close', (code) => {
      this.closedWith = code;
    });
    let acknowledged = false;
    socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: { token: this.token } })));
    socket.on('message', (data: Buffer) => {
      const { type, payload } = JSON.parse(data.toString()) as { type: string; payload: unknown };
      if (type === 'connection_ack') {
        acknowledged = true;
        socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: this.subscription(after) }));
      } else if (type === 'next') {
        const { data: told, errors } = payload as { data?: { arrivals: ServedArrival }; errors?: [] };
        if (told?.arrivals) this.arrivals.push(told.arrivals);
        if (errors) this.errors.push(...errors);
      } else if (type === 'error') this.errors.push(...(payload as []));
      else if (type === 'ping') socket.send(JSON.stringify({ type: 'pong' }));
    });
    await eventually('the tablet is connected', async () => acknowledged || this.closedWith !== undefined);
    return this;
  }

  /** Waits until it was told of something. */
  async hears(what: string, is: (arrival: ServedArrival) => boolean, patience = 30_000): Promise<ServedArrival> {
    return eventually(`a tablet hears that ${what}`, async () => this.arrivals.find(is), patience);
  }

  /** Reads nothing any more, as a tablet in a dead spot. */
  freeze(): void {
    this.socket?.pause();
  }

  /** Reads on. */
  thaw(): void {
    this.socket?.resume();
  }

  /** Loses its connection. */
  async leave(): Promise<void> {
    this.socket?.terminate();
    await eventually('the tablet is gone', async () => this.closedWith !== undefined);
  }

  /** Waits until it was refused, and says with which code. */
  async refusal(): Promise<string | undefined> {
    return (await eventually('the tablet is refused', async () => this.errors[0])).extensions?.code;
  }

  /** The cursor of the board; none where this tablet may not see it. */
  private async now(): Promise<string | undefined> {
    const { data } = await ask<{ board: { cursor: string } } | null>(
      this.url,
      'query ($storeId: ID!) { board(storeId: $storeId) { cursor } }',
      { storeId: this.storeId },
      this.token,
    );
    return data?.board.cursor;
  }

  private subscription(after: string | undefined): object {
    return {
      query: `subscription ($storeId: ID!, $after: String) { arrivals(storeId: $storeId, after: $after) { cursor kind visit { ${this.fields} } } }`,
      variables: { storeId: this.storeId, ...(after !== undefined && { after }) },
    };
  }
}
