import type { FastifyReply, FastifyRequest } from 'fastify';

const modern = 'application/graphql-response+json';
const plain = ['application/json', 'application/*', '*/*'];

/** Whether a client asks for the media type in which status codes mean something (GraphQL over HTTP, section 6). */
export function wantsGraphqlResponse(accept: string | undefined): boolean {
  const weights = new Map<string, number>();
  for (const range of (accept ?? '').toLowerCase().split(',')) {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    weights.set(type, Math.max(weights.get(type) ?? 0, Number(weight ?? 1) || 0));
  }
  const wanted = weights.get(modern) ?? 0;
  return wanted > 0 && plain.every((type) => (weights.get(type) ?? 0) <= wanted);
}

/** What the specification lets a client send and Mercurius refuses: `extensions: null`. */
export async function forgiveNulls({ body }: FastifyRequest): Promise<void> {
  if (typeof body === 'object' && body !== null && 'extensions' in body && body.extensions === null)
    delete body.extensions;
}

/** Labels an answer as what the client asked for. */
export async function labelAnswer(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  const type = reply.getHeader('content-type');
  if (typeof type === 'string' && type.startsWith('application/json') && wantsGraphqlResponse(request.headers.accept)) {
    reply.header('content-type', `${modern}; charset=utf-8`);
  }
  return payload;
}
