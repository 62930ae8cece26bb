import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { WebSocket } from 'ws';

/** What a caller showed, over HTTP or in a socket's `connection_init`. */
export interface Credentials {
  readonly authorization?: string | undefined;
  readonly origin?: string | undefined;
  readonly cookie?: string | undefined;
  /** What the caller takes us for, with port; cookies count only for pages of the same host. */
  readonly host?: string | undefined;
  readonly address: string;
  readonly language?: string | undefined;
  /** The socket the credentials hold for; absent over HTTP. */
  readonly socket?: WebSocket;
}

/** The least that plumbing needs to know of a caller. */
export interface Caller {
  readonly language: string;
}

/** What every resolver is handed; `actor` is the caller that the access room recognised. */
export interface GraphqlContext {
  readonly actor: Caller;
  readonly request: FastifyRequest;
  reply?: FastifyReply;
}

/** Filled by the access room: turns what was shown into a caller, or throws when it is no longer good. */
export abstract class Doorkeeper {
  /** @throws a GraphQLError with code UNAUTHENTICATED when a token was shown that is unknown, expired or revoked. */
  abstract recognise(credentials: Credentials): Promise<Caller>;

  /** Whether a caller runs, in production, only documents that are known beforehand. */
  abstract keepsToKnownDocuments(caller: Caller): boolean;
}

/** Filled by the access room: closes sockets whose token has ended. */
export abstract class SocketWatch {
  abstract opened(socket: WebSocket, caller: Caller): void;
  abstract closed(socket: WebSocket): void;
}

/** Filled by the access room: enforces the policy of every field, and refuses a schema in which a field has none. */
export abstract class SchemaWarden {
  abstract guard(schema: GraphQLSchema): GraphQLSchema;
}
