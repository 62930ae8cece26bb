import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyBaseLogger } from 'fastify';
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
    disableRequestLogging: true,
    forceCloseConnections: true,
    requestTimeout: 30_000,
    keepAliveTimeout: 65_000,
    routerOptions: { maxParamLength: 300 },
    loggerInstance: log as unknown as FastifyBaseLogger,
  });
}
