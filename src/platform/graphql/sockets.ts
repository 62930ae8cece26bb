import fastifyWebsocket from '@fastify/websocket';
import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { RawData, WebSocket } from 'ws';
import { isUnavailable } from '../database/unavailable.js';
import { SocketWatch, Doorkeeper, type Caller } from './context.js';
import { answerPreflights } from './cross-origin.js';
import { guardSocket, largestFrame } from './limits/guard-socket.js';
import { PersistedDocuments } from './persisted-documents.js';

/** Bytes that may wait for a reader; a tablet that reads slower is let go and resumes by its cursor. */
const mostBuffered = 256 * 1024;
/** What `connection_init` may take up, in bytes. */
const longestInit = 16 * 1024;

const closeCodes = { forbidden: 4403, tryAgainLater: 1013 } as const;

/**
 * What Mercurius does not do for sockets: it authenticates `connection_init` before anything else is answered,
 * registers the socket with whoever ends tokens, and bounds what waits for a slow reader.
 */
@Injectable()
export class Sockets {
  private readonly inits = new WeakMap<WebSocket, Record<string, unknown>>();

  constructor(
    private readonly adapter: HttpAdapterHost,
    private readonly doorkeeper: Doorkeeper,
    private readonly watch: SocketWatch,
    private readonly documents: PersistedDocuments,
  ) {}

  /** Answers preflights, and takes charge of sockets before Mercurius does, whose own WebSocket server nobody else can reach. */
  async prepare(path: string): Promise<void> {
    const adapter = this.adapter.httpAdapter as HttpAdapterHost['httpAdapter'] | null;
    if (!adapter) return;
    const fastify = adapter.getInstance<FastifyInstance>();
    answerPreflights(fastify, path);
    await fastify.register(fastifyWebsocket, { options: { maxPayload: largestFrame } });
    fastify.websocketServer.on('connection', (socket) => this.meet(socket));
  }

  /** The context of a socket, once it has shown its credentials; a bad token closes it with 4403, a database that is away with 1013. */
  async open(
    socket: WebSocket,
    request: FastifyRequest,
  ): Promise<{ actor?: Caller; request: FastifyRequest; socket?: WebSocket }> {
    const init = this.inits.get(socket) ?? {};
    try {
      const actor = await this.doorkeeper.recognise({
        authorization: bearerOf(init) ?? request.headers.authorization,
        origin: request.headers.origin,
        cookie: request.headers.cookie,
        host: request.headers.host,
        address: request.ip,
        language: textOf(init['language']) ?? request.headers['accept-language'],
        socket,
      });
      this.watch.opened(socket, actor);
      socket.once('close', () => this.watch.closed(socket));
      return { actor, request, socket };
    } catch (error) {
      request.log.info({ address: request.ip, error: String(error) }, 'A socket was turned away.');
      if (error instanceof GraphQLError) socket.close(closeCodes.forbidden, 'Forbidden');
      else {
        if (!isUnavailable(error)) request.log.error({ err: error }, 'The token of a socket could not be checked.');
        socket.close(closeCodes.tryAgainLater, 'Try again later');
      }
      return { request };
    }
  }

  private meet(socket: WebSocket): void {
    guardSocket(socket, this.documents);
    const learn = (data: RawData): void => {
      const init = initOf(data);
      if (!init) return;
      this.inits.set(socket, init);
      socket.off('message', learn);
    };
    socket.on('message', learn);
    const send = socket.send.bind(socket) as (...args: unknown[]) => void;
    socket.send = (...args: unknown[]): void => {
      if (socket.bufferedAmount > mostBuffered) socket.terminate();
      else send(...args);
    };
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function bearerOf(init: Record<string, unknown>): string | undefined {
  const token = textOf(init['token']);
  return token ? `Bearer ${token}` : (textOf(init['authorization']) ?? textOf(init['Authorization']));
}

function initOf(data: RawData): Record<string, unknown> | undefined {
  const text = Buffer.isBuffer(data) ? data : Buffer.concat(Array.isArray(data) ? data : [Buffer.from(data)]);
  if (text.length > longestInit) return undefined;
  try {
    const message = JSON.parse(text.toString('utf8')) as { type?: unknown; payload?: unknown };
    if (message.type !== 'connection_init') return undefined;
    return typeof message.payload === 'object' && message.payload !== null
      ? (message.payload as Record<string, unknown>)
      : {};
  } catch {
    return undefined;
  }
}
