import type { Socket } from 'node:net';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { LogController, type FastifyBaseLogger } from 'fastify';
import type { Logger } from 'pino';
import { newId } from '../../shared/ids.js';
import type { Config } from '../../shared/config.js';

/** Largest GraphQL body in bytes; the tracking API sets its own limits. */
export const bodyLimit = 512 * 1024;

/** The HTTP server under Nest: one JSON log line an event, no header or body in the log, a fault id for every request. */
export function fastifyAdapter(config: Config, log: Logger): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit,
    trustProxy: config.trustProxy,
    genReqId: () => newId(),
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: true,
    requestTimeout: 30_000,
    keepAliveTimeout: 65_000,
    routerOptions: { maxParamLength: 300 },
    clientErrorHandler: cutOff,
    loggerInstance: log as unknown as FastifyBaseLogger,
  });
}

/**
 * What is no HTTP is answered with 400. A sender that is too slow gets no answer, as when the line is cut: the 408 that
 * Fastify would give makes tracking SDKs try again for hours.
 */
export function cutOff(error: NodeJS.ErrnoException, socket: Socket): void {
  const answers = error.code !== 'ECONNRESET' && error.code !== 'ERR_HTTP_REQUEST_TIMEOUT';
  if (answers && socket.writable)
    socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  else socket.destroy();
}
