import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { beat } from './heartbeat.js';

const every = 50;
let server: WebSocketServer;

beforeEach(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (socket) => beat(socket, every));
  await once(server, 'listening');
});

afterEach(() => server.close());

const connect = (autoPong: boolean): WebSocket =>
  new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`, { autoPong });

it('ends a socket that does not answer', async () => {
  expect(await once(connect(false), 'close')).toEqual([1006, expect.anything()]);
});

it('keeps one that answers', async () => {
  const socket = connect(true);
  for (let ping = 0; ping < 4; ping += 1) await once(socket, 'ping');
  expect(socket.readyState).toBe(WebSocket.OPEN);
  socket.terminate();
});
