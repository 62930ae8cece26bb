import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../../access/actor.js';
import { credentialsOf } from '../../access/credentials.js';
import { Tokens } from '../../access/tokens.js';
import { isUnavailable } from '../../platform/database/unavailable.js';
import { CONFIG, type Config } from '../../shared/config.js';
import { countOf, mostMessages, type TrackingCall } from '../batch.rules.js';
import { isFields, type Fields } from '../tracking-event.js';
import { allowOrigin, preflight } from './cors.js';
import { Crowd } from './crowd.js';
import { isRudderBatch, largestBatch, tracks } from './calls.rules.js';
import { readBody } from './read-body.js';
import { rudderSettings, segmentSettings } from './settings.rules.js';
import { Track, type Tracked } from './track.js';
import { TrackingFault } from './tracking-fault.js';
import { writeKeyOf } from './write-key.rules.js';

type Source = Actor & Required<Pick<Actor, 'source'>>;

interface KeyedQuery {
  writeKey?: unknown;
}

/**
 * The tracking API that the SDKs of Segment and RudderStack speak unchanged: a scope of the HTTP server with parsers,
 * CORS and errors of its own, beside Nest's routes.
 */
@Injectable()
export class TrackingRoutes implements OnModuleInit {
  private readonly logger = new Logger('Tracking');
  private readonly crowd = new Crowd();

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly tokens: Tokens,
    private readonly track: Track,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Adds the routes where this process has an HTTP server; a worker has none. */
  async onModuleInit(): Promise<void> {
    const adapter = this.host.httpAdapter as HttpAdapterHost['httpAdapter'] | undefined;
    if (adapter?.getType() !== 'fastify') return;
    const fastify = adapter.getInstance<FastifyInstance>();
    await fastify.register((scope, _options, done) => {
      this.registerIn(scope);
      done();
    });
  }

  private registerIn(scope: FastifyInstance): void {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', async (request: FastifyRequest, payload: FastifyRequest['raw']) =>
      readBody(payload, request.headers['content-encoding']),
    );
    scope.addHook('onRequest', (request, reply, done) => {
      allowOrigin(request, reply);
      if (request.method !== 'POST') return done();
      const leave = this.crowd.enter();
      if (leave === undefined)
        return done(new TrackingFault(429, 'Too many calls at once; send it again in a second.'));
      reply.raw.once('close', leave);
      done();
    });
    scope.setErrorHandler((error, request, reply) => this.refuse(error, request, reply));
    for (const [path, call] of tracks) {
      scope.options(path, preflight);
      scope.post(path, async (request, reply) => this.receive(call, request, reply));
    }
    scope.options('/v1/m', preflight);
    scope.post('/v1/m', () => ({ success: true }));
    scope.options('/v1/projects/:writeKey/settings', preflight);
    scope.get('/v1/projects/:writeKey/settings', async (request) => this.segmentSettings(request));
    for (const path of ['/sourceConfig', '/sourceConfig/']) {
      scope.options(path, preflight);
      scope.get(path, async (request) => this.rudderSettings(request));
    }
  }

  private async receive(call: TrackingCall['call'], request: FastifyRequest, reply: FastifyReply): Promise<object> {
    const tracking = this.read(call, request);
    const source = await this.sourceOf(request, tracking.body.writeKey);
    const outcome = await this.track.keep(source, withoutSecret(tracking, source));
    if (call !== 'batch' && outcome.quarantined.length > 0) reply.code(400);
    return answer(outcome);
  }

  private read(call: TrackingCall['call'], request: FastifyRequest): TrackingCall {
    const text = typeof request.body === 'string' ? request.body : '';
    const body = parse(text);
    const tracking = { call, text, body };
    const count = countOf(tracking);
    if (count === undefined) throw new TrackingFault(400, 'A batch needs its messages as a list in "batch".');
    if (count > mostMessages) {
      throw new TrackingFault(400, `A batch holds ${count} messages; send at most ${mostMessages} at a time.`);
    }
    if (text.length > largestBatch / 3 && Buffer.byteLength(text) > largestBatch && !isRudderBatch(tracking, request)) {
      throw new TrackingFault(413, `The batch is larger than ${largestBatch} bytes; send fewer messages at a time.`);
    }
    return tracking;
  }

  private async sourceOf(request: FastifyRequest, inBody?: unknown): Promise<Source> {
    const key = writeKeyOf({
      authorization: request.headers.authorization,
      body: inBody,
      query: (request.query as KeyedQuery).writeKey,
    });
    return this.authenticate(key, request);
  }

  private async authenticate(key: string | undefined, request: FastifyRequest): Promise<Source> {
    if (key === undefined) throw new TrackingFault(401, 'Send the write key of your source as Basic user name.');
    const actor = await this.tokens.authenticateKey(key, credentialsOf(request), {
      reads: request.method === 'GET',
    });
    const { source } = actor;
    if (source === undefined) throw new TrackingFault(401, 'This is not the write key of a source.');
    return { ...actor, source };
  }

  private async segmentSettings(request: FastifyRequest): Promise<object> {
    const { writeKey } = request.params as { writeKey: string };
    await this.authenticate(writeKey, request);
    return segmentSettings(writeKey, this.originOf(request));
  }

  private async rudderSettings(request: FastifyRequest): Promise<object> {
    const source = await this.sourceOf(request);
    const key = writeKeyOf({
      authorization: request.headers.authorization,
      query: (request.query as KeyedQuery).writeKey,
    });
    return rudderSettings(key ?? '', source.source);
  }

  /** Where the SDK shall send: the configured address, else the one by which we were just reached. */
  private originOf(request: FastifyRequest): string {
    return this.config.publicUrl === undefined ? `${request.protocol}://${request.host}` : this.config.publicOrigin;
  }

  private refuse(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const status = statusOf(error);
    if (status === 429 || status === 503) reply.header('retry-after', '1');
    if (status !== 500) {
      const message =
        status === 503 ? 'The database cannot be reached; send it again.' : String((error as Error).message);
      return reply.code(status).send({ success: false, message });
    }
    this.logger.error({ faultId: request.id, error }, 'A tracking call failed.');
    return reply
      .code(500)
      .send({ success: false, message: 'This failed on our side; send it again.', faultId: request.id });
  }
}

function parse(text: string): Fields {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new TrackingFault(400, 'The body is not valid JSON.');
  }
  if (!isFields(body)) throw new TrackingFault(400, 'The body must be a JSON object.');
  return body;
}

/** A browser's key is public; a server's, which some put into the message itself, is not kept with it. */
function withoutSecret(call: TrackingCall, { asserts }: Source): TrackingCall {
  const { writeKey } = call.body;
  if (!asserts || call.call === 'batch' || typeof writeKey !== 'string' || writeKey === '') return call;
  return { ...call, text: call.text.replaceAll(writeKey, '…') };
}

function answer({ accepted, duplicates, quarantined }: Tracked): object {
  const reasons = quarantined.map(({ index, reason, detail }) => ({ index, reason, detail }));
  return { success: reasons.length === 0, accepted, duplicates, ...(reasons.length > 0 && { quarantined: reasons }) };
}

function statusOf(error: unknown): number {
  if (isUnavailable(error)) return 503;
  const status = (error as { statusCode?: unknown }).statusCode;
  if (status === 408 || status === 415) return 400;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}
