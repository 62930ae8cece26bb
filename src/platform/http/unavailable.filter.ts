import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { isUnavailable } from '../database/unavailable.js';

/** Says to come back, at every address that is not GraphQL, while the database cannot be reached; all else takes its usual way. */
@Catch()
export class UnavailableFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): unknown {
    if (host.getType<string>() === 'graphql') return undefined;
    if (!isUnavailable(error)) return error;
    const message = 'The database cannot be reached; try again.';
    return host
      .switchToHttp()
      .getResponse<FastifyReply>()
      .code(503)
      .header('retry-after', '1')
      .send({ code: 'UNAVAILABLE', message });
  }
}
