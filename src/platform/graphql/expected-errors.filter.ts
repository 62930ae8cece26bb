import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { GraphQLError } from 'graphql';

/** Hands errors that are meant for the caller on to him; Nest would log each as a fault. */
@Catch(GraphQLError)
export class ExpectedErrorsFilter implements ExceptionFilter<GraphQLError & { readonly statusCode?: number }> {
  catch(error: GraphQLError & { readonly statusCode?: number }, host: ArgumentsHost): unknown {
    if (host.getType<string>() === 'graphql') return error;
    const { message, extensions, statusCode = 400 } = error;
    return host
      .switchToHttp()
      .getResponse<FastifyReply>()
      .code(statusCode)
      .send({ ...extensions, message });
  }
}
