import { WebSocket } from 'ws';
import { eventually } from './foyer.js';

/** An arrival as it is served. */
export interface ServedArrival {
  readonly cursor: string;
  readonly kind: string;
  readonly visit: {
    readonly id: string;
    readonly state: string;
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

  /** Connects and follows the store, from a cursor or from now; settled when the server listens. */
  async follow(after: string | undefined = this.arrivals.at(-1)?.cursor): Promise<this> {
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
    // The server confirms a subscription by its first arrival only.
    await new Promise((resolve) => setTimeout(resolve, 150));
    return this;
  }

  /** Waits until it was told of something. */
  async hears(what: string, is: (arrival: ServedArrival) => boolean, patience = 10_000): Promise<ServedArrival> {
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

  private subscription(after: string | undefined): object {
    return {
      query: `subscription ($storeId: ID!, $after: String) { arrivals(storeId: $storeId, after: $after) { cursor kind visit { ${this.fields} } } }`,
      variables: { storeId: this.storeId, ...(after !== undefined && { after }) },
    };
  }
}
