import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { cloneDatabase, type TestDatabase } from './database.js';
import { openFoyer, type Foyer } from './foyer.js';

/** The way between a Foyer and its database. */
export interface Gate {
  /** As when the server behind it dies: connections break, new ones are refused. */
  shut(): void;
  /** As when the host behind it freezes: everything is taken and nothing answered. */
  freeze(): void;
  /** As when a router on the way forgets what it knew: connections that stand take everything and answer nothing, new ones are served. */
  forget(): void;
  open(): void;
}

/** A Foyer whose way to its database is a test's to open and shut. */
export async function gatedFoyer(): Promise<{
  foyer: Foyer;
  database: TestDatabase;
  gate: Gate;
  close: () => Promise<void>;
}> {
  const database = await cloneDatabase();
  const target = new URL(database.url);
  const sockets = new Set<Socket>();
  const forgotten = new WeakSet<Socket>();
  let state: 'open' | 'shut' | 'frozen' = 'open';
  const server: Server = createServer((client) => {
    if (state === 'shut') {
      client.resetAndDestroy();
      return;
    }
    const upstream = connect(Number(target.port), target.hostname);
    for (const [one, two] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(one);
      one.on('error', () => undefined).on('close', () => two.destroy());
      one.on('data', (chunk) => {
        if (state !== 'frozen' && !forgotten.has(one)) two.write(chunk);
      });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(database.url);
  url.port = String((server.address() as { port: number }).port);
  url.hostname = '127.0.0.1';
  const foyer = await openFoyer({ databaseUrl: url.href });
  const gate = {
    shut: (): void => {
      state = 'shut';
      for (const socket of sockets) socket.destroy();
    },
    freeze: (): void => {
      state = 'frozen';
    },
    forget: (): void => {
      for (const socket of sockets) forgotten.add(socket);
    },
    open: (): void => {
      state = 'open';
    },
  };
  const close = async (): Promise<void> => {
    gate.open();
    await foyer.close();
    server.close();
    for (const socket of sockets) socket.destroy();
    await database.drop();
  };
  return { foyer, database, gate, close };
}
