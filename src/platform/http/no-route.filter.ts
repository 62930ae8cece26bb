import { Catch, NotFoundException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';

const methods: readonly HTTPMethods[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Says that nothing is at an address, or not for this method, in the shape of every other no: a code and a sentence. */
@Catch(NotFoundException)
export class NoRouteFilter implements ExceptionFilter<NotFoundException> {
  catch(error: NotFoundException, host: ArgumentsHost): unknown {
    if (host.getType<string>() === 'graphql') return error;
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (!request.is404) return reply.code(404).send({ code: 'NOT_FOUND', message: error.message });
    const url = request.url.split('?')[0] ?? '';
    const here = methods.filter((method) => request.server.hasRoute({ method, url }));
    if (here.length === 0)
      return reply.code(404).send({ code: 'NOT_FOUND', message: 'There is nothing at this address; check its path.' });
    const allow = here.join(', ');
    const message = `This address does not take ${request.method}: use ${allow}.`;
    return reply.code(405).header('allow', allow).send({ code: 'METHOD_NOT_ALLOWED', message });
  }
}
