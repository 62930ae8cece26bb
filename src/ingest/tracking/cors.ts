import type { FastifyReply, FastifyRequest } from 'fastify';

/** Headers that the browser SDKs send and a browser asks about first. */
const allowedHeaders = [
  'authorization',
  'content-type',
  'content-encoding',
  'anonymousid',
  'sentat',
  'x-retry-count',
  'rsa-recovered',
  'rsa-retry-attempt',
  'rsa-since-last-attempt',
  'rsa-since-first-attempt',
  'rsa-retry-reason',
].join(', ');

const twoHours = 7200;

/**
 * Lets web pages of any origin ask; whether a page may use a key is decided by the key's own list, which a preflight,
 * that bears no key, cannot know.
 */
export function allowOrigin(request: FastifyRequest, reply: FastifyReply): void {
  const { origin } = request.headers;
  reply.header('access-control-allow-origin', origin ?? '*');
  reply.header('access-control-expose-headers', 'retry-after');
  reply.header('vary', 'Origin');
  // Other sites read these answers by design, whatever the rest of the server says of itself.
  reply.header('cross-origin-resource-policy', 'cross-origin');
}

/** Answers a preflight. */
export function preflight(_request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return reply
    .code(204)
    .header('access-control-allow-methods', 'GET, POST, OPTIONS')
    .header('access-control-allow-headers', allowedHeaders)
    .header('access-control-max-age', String(twoHours))
    .send();
}
