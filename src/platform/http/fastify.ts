import { FastifyAdapter } from '@nestjs/platform-fastify';
import { newId } from '../../shared/ids.js';
import type { Config } from '../../shared/config.js';

/** Largest GraphQL body in bytes; the tracking API sets its own limits. */
export const bodyLimit = 512 * 1024;

/** The HTTP server under Nest: one JSON log line an event, no header or body in the log, a fault id for every request. */
export function fastifyAdapter(config: Config): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit,
    trustProxy: config.trustProxy,
    genReqId: () => newId(),
    disableRequestLogging: true,
    forceCloseConnections: true,
    requestTimeout: 30_000,
    keepAliveTimeout: 65_000,
    routerOptions: { maxParamLength: 300 },
    logger: {
      level: config.logLevel,
      redact: ['req.headers.authorization', 'req.headers.cookie'],
    },
  });
}
