import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const headers = 'authorization, content-type, accept, accept-language';
const twoHours = '7200';

/**
 * Lets the pages of a shop ask the API: a browser key is checked against its origins when it is shown, and a preflight shows none.
 * Never with credentials, so that a session cookie is of no use to another site.
 */
export async function allowOrigins(_request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  reply.header('access-control-allow-origin', '*');
  return payload;
}

/** Answers preflights of the API. */
export function answerPreflights(fastify: FastifyInstance, path: string): void {
  fastify.options(path, async (_request, reply) =>
    reply
      .code(204)
      .header('access-control-allow-origin', '*')
      .header('access-control-allow-methods', 'GET, POST')
      .header('access-control-allow-headers', headers)
      .header('access-control-max-age', twoHours)
      .send(),
  );
}
