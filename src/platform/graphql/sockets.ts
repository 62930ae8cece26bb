import fastifyWebsocket from '@fastify/websocket';
import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import { GraphQLError, type ExecutionArgs, type ExecutionResult } from 'graphql';
import {
  CloseCode,
  handleProtocols,
  makeServer,
  MessageType,
  parseMessage,
  type Server,
  type WebSocket as Connection,
} from 'graphql-ws';
import type { RawData, WebSocket } from 'ws';
import { seconds } from '../../shared/clock.js';
import { isUnavailable } from '../database/unavailable.js';
import { Doorkeeper, SocketWatch, type Caller } from './context.js';
import { answerPreflights } from './cross-origin.js';
import { formatErrors } from './errors.js';
import { beat } from './heartbeat.js';
import { spelledOut } from './named-document.js';
import { PersistedDocuments } from './persisted-documents.js';
import type { Followed, Subscriptions } from './subscriptions.js';

/** Largest frame of a client, in bytes. */
const largestFrame = 64 * 1024;
/** Bytes that may wait for a reader; a tablet that reads slower is let go and resumes by its cursor. */
const mostBuffered = 256 * 1024;
/** Subscriptions one socket may hold. */
const mostSubscriptions = 20;
/** How long a socket may stay silent before it introduces itself. */
const patience = seconds(10);
/** Proxies close what is silent for a minute. */
const pingEvery = seconds(25);

const closeCodes = { fault: 1011, tryAgainLater: 1013 } as const;

/** What belongs to one socket. */
interface Line {
  readonly socket: WebSocket;
  readonly request: FastifyRequest;
  actor?: Caller;
  /** What is being opened under each id; the client may meanwhile have completed it and begun another under the same one. */
  readonly opening: Map<string, symbol>;
}

type Following = ExecutionArgs & { readonly stream: AsyncIterableIterator<ExecutionResult> };

class TooManySubscriptions extends GraphQLError {
  constructor() {
    super(`One connection holds at most ${mostSubscriptions} subscriptions; end one first.`, {
      extensions: { code: 'TOO_COMPLEX' },
    });
  }
}

/**
 * Subscriptions over WebSocket (graphql-transport-ws, whose protocol `graphql-ws` keeps). A socket is let in by its `connection_init`,
 * registered with whoever ends tokens, and closed when nobody answers on it or too much waits.
 */
@Injectable()
export class Sockets {
  constructor(
    private readonly adapter: HttpAdapterHost,
    private readonly doorkeeper: Doorkeeper,
    private readonly watch: SocketWatch,
    private readonly documents: PersistedDocuments,
  ) {}

  /** Answers preflights and sockets at the address at which Mercurius will answer requests. */
  async prepare(path: string, subscriptions: Subscriptions): Promise<void> {
    const adapter = this.adapter.httpAdapter as HttpAdapterHost['httpAdapter'] | null;
    if (!adapter) return;
    const fastify = adapter.getInstance<FastifyInstance>();
    answerPreflights(fastify, path);
    const server = this.serve(fastify, subscriptions);
    fastify.addHook('onRoute', (route: RouteOptions) => {
      if (route.url !== path || route.method !== 'GET') return;
      route.wsHandler = (socket: WebSocket, request: FastifyRequest) => this.meet(server, socket, request);
    });
    await fastify.register(fastifyWebsocket, {
      options: { maxPayload: largestFrame, handleProtocols },
      // A frame too large, or a line that broke: nothing that on-call could mend.
      errorHandler: (error, socket, request) => {
        request.log.info({ room: 'GraphQL', error: error.message }, 'A socket was given up.');
        socket.terminate();
      },
    });
  }

  private serve(fastify: FastifyInstance, subscriptions: Subscriptions): Server<Line> {
    return makeServer<Record<string, unknown>, Line>({
      connectionInitWaitTimeout: patience,
      onConnect: async ({ connectionParams, extra }) => this.letIn(extra, connectionParams ?? {}),
      onSubscribe: async ({ subscriptions: open, extra: line }, id, payload) => {
        if (Object.keys(open).length > mostSubscriptions) return [new TooManySubscriptions()];
        const { schema } = fastify.graphql;
        const turn = Symbol(id);
        line.opening.set(id, turn);
        const followed = await subscriptions.follow(schema, payload, line as Required<Line>);
        if (line.opening.get(id) !== turn) return overtaken(followed);
        line.opening.delete(id);
        return 'stream' in followed ? { schema, ...followed } : followed;
      },
      subscribe: (following) => (following as Following).stream,
      onNext: ({ extra }, _id, _payload, _following, result) =>
        result.errors?.length ? formatErrors(result, extra).response : undefined,
      onError: ({ extra }, _id, _payload, errors) => {
        const told = formatErrors({ errors }, extra).response.errors ?? [];
        const codes = told.map(({ extensions }) => extensions['code']);
        extra.request.log.info({ room: 'GraphQL', codes }, 'A subscription was refused.');
        return told;
      },
    });
  }

  private meet(server: Server<Line>, socket: WebSocket, request: FastifyRequest): void {
    beat(socket, pingEvery);
    const closed = server.opened(this.lineOf(socket, request), { socket, request, opening: new Map() });
    socket.once('close', (code, reason) => {
      this.watch.closed(socket);
      closed(code, reason.toString()).catch((error: unknown) => complain(request, error));
    });
  }

  private lineOf(socket: WebSocket, request: FastifyRequest): Connection {
    return {
      protocol: socket.protocol,
      send: (text) => send(socket, text),
      close: (code, reason) => socket.close(code, reason),
      onMessage: (take) =>
        socket.on('message', (data: RawData) => {
          if (socket.readyState !== socket.OPEN) return;
          const frame = spelledOut(textOf(data), this.documents);
          if (isOfServers(frame)) return socket.close(CloseCode.BadRequest, 'Only a server sends this type of frame');
          take(frame).catch((error: unknown) => {
            complain(request, error);
            socket.close(closeCodes.fault, 'Something went wrong on our side.');
          });
        }),
    };
  }

  /** Whether a socket has shown its credentials; a bad token closes it with 4403, a database that is away with 1013. */
  private async letIn(line: Line, init: Record<string, unknown>): Promise<boolean> {
    const { socket, request } = line;
    const { authorization, origin, cookie, host, 'accept-language': language } = request.headers;
    try {
      line.actor = await this.doorkeeper.recognise({
        authorization: bearerOf(init) ?? authorization,
        origin,
        cookie,
        host,
        address: request.ip,
        language: stringOf(init['language']) ?? language,
        socket,
      });
    } catch (error) {
      request.log.info({ address: request.ip, error: String(error) }, 'A socket was turned away.');
      if (error instanceof GraphQLError) return false;
      if (!isUnavailable(error)) request.log.error({ err: error }, 'The token of a socket could not be checked.');
      socket.close(closeCodes.tryAgainLater, 'Try again later');
      return false;
    }
    if (socket.readyState === socket.OPEN) this.watch.opened(socket, line.actor);
    return true;
  }
}

/**
 * Ends what was opened for a subscription whose id stands for another one by now. `graphql-ws` knows subscriptions by their ids alone and
 * would take it for the other, so its turn never comes.
 */
async function overtaken(followed: Followed | readonly GraphQLError[]): Promise<never> {
  if ('stream' in followed) await followed.stream.return?.();
  return new Promise<never>(() => undefined);
}

const typesOfServers = new Set<string>([MessageType.ConnectionAck, MessageType.Next, MessageType.Error]);

/** Whether a frame is one that the protocol knows and a client never sends: `graphql-ws` takes it for a fault of ours. */
function isOfServers(frame: string): boolean {
  try {
    return typesOfServers.has(parseMessage(frame).type);
  } catch {
    return false;
  }
}

/** Settled when the system has taken it, so that a slow reader is asked for no more; ends the line of whom too much waits for. */
function send(socket: WebSocket, text: string): Promise<void> {
  if (socket.bufferedAmount > mostBuffered) socket.terminate();
  if (socket.readyState !== socket.OPEN) return Promise.resolve();
  return new Promise((resolve) => {
    socket.send(text, () => resolve());
  });
}

function complain(request: FastifyRequest, error: unknown): void {
  request.log.error({ err: error }, 'A socket failed.');
}

function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function bearerOf(init: Record<string, unknown>): string | undefined {
  const token = stringOf(init['token']);
  return token ? `Bearer ${token}` : (stringOf(init['authorization']) ?? stringOf(init['Authorization']));
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return Buffer.isBuffer(data) ? data.toString('utf8') : Buffer.from(data).toString('utf8');
}
