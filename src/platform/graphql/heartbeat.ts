import type { WebSocket } from 'ws';

/**
 * Pings a socket every so many milliseconds, which proxies that close what is silent hear, too, and ends one whose other side has not
 * answered by the next ping. TCP alone notices a tablet that was switched off only after minutes.
 */
export function beat(socket: WebSocket, every: number): void {
  let isAlive = true;
  const timer = setInterval(() => {
    if (!isAlive) return socket.terminate();
    isAlive = false;
    socket.ping();
  }, every);
  socket.on('pong', () => (isAlive = true));
  socket.once('close', () => clearInterval(timer));
}
