import { join } from 'node:path';
import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import { MercuriusDriver, type MercuriusDriverConfig } from '@nestjs/mercurius';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { CONFIG, type Config } from '../../shared/config.js';
import { root } from '../../shared/root.js';
import { Doorkeeper, SchemaWarden, type Caller, type GraphqlContext } from './context.js';
import { allowOrigins } from './cross-origin.js';
import { formatErrors } from './errors.js';
import { ExpectedErrorsFilter } from './expected-errors.filter.js';
import { limitHooks, Limits } from './limits/limits.js';
import { forgiveNulls, labelAnswer } from './media-type.js';
import { checkGet, checkOperation, refuseCompressed } from './operations.js';
import { DocumentNotKnown, PersistedDocuments } from './persisted-documents.js';
import { plainFields } from './plain-fields.js';
import { speakRefusals } from './refusal-messages.js';
import { Sockets } from './sockets.js';
import { Subscriptions } from './subscriptions.js';

const path = '/graphql';
/** Compile a document the second time it is seen. */
const jit = 1;

@Module({
  providers: [PersistedDocuments, Sockets, { provide: APP_FILTER, useClass: ExpectedErrorsFilter }],
  exports: [PersistedDocuments, Sockets],
})
class GraphqlServices {}

async function options(
  config: Config,
  doorkeeper: Doorkeeper,
  warden: SchemaWarden,
  documents: PersistedDocuments,
  sockets: Sockets,
): Promise<MercuriusDriverConfig> {
  documents.loadIfThere(join(root, 'web/persisted-documents.json'));
  config.tabletDocuments?.forEach((file) => documents.load(file));
  const keepToKnown = (source: string, actor: Caller | undefined): void => {
    if (config.environment !== 'production' || actor === undefined) return;
    if (doorkeeper.keepsToKnownDocuments(actor) && !documents.knows(source)) throw new DocumentNotKnown();
  };
  const limits = new Limits(config);
  await sockets.prepare(path, new Subscriptions(limits, documents, keepToKnown));
  return {
    autoSchemaFile: true,
    sortSchema: true,
    path,
    jit,
    graphiql: config.environment === 'development',
    graphql: { parseOptions: limits.parsing, validateOptions: limits.validating },
    validationRules: limits.rules as never,
    hooks: {
      ...limitHooks(limits),
      preParsing: [turnAway, keepTo(keepToKnown), limitHooks(limits).preParsing],
      preExecution: [chooseOperation, limitHooks(limits).preExecution],
    } as never,
    allowBatchedQueries: false,
    additionalRouteOptions: {
      preParsing: refuseCompressed,
      preValidation: [forgiveNulls, checkGet(limits.parsing)],
      onSend: [labelAnswer, allowOrigins],
    },
    errorFormatter: formatErrors,
    persistedQueryProvider: documents.provider() as never,
    transformSchema: (schema: GraphQLSchema) => warden.guard(speakRefusals(plainFields(schema))),
    context: (request: FastifyRequest, reply: FastifyReply) => meet(doorkeeper, request, reply),
  };
}

// Mercurius asks for the context again when making it failed, so what is wrong with the caller waits for the first hook.
async function meet(doorkeeper: Doorkeeper, request: FastifyRequest, reply: FastifyReply): Promise<object> {
  const { authorization, origin, cookie, host, 'accept-language': language } = request.headers;
  try {
    const actor = await doorkeeper.recognise({ authorization, origin, cookie, host, address: request.ip, language });
    return { request, reply, actor };
  } catch (error) {
    return { request, reply, denial: error };
  }
}

async function turnAway(_schema: GraphQLSchema, _source: string, context: { denial?: Error }): Promise<void> {
  if (context.denial !== undefined) throw context.denial;
}

function keepTo(judge: (source: string, actor: Caller | undefined) => void) {
  return async (_schema: GraphQLSchema, source: string, context: Partial<GraphqlContext>): Promise<void> =>
    judge(source, context.actor);
}

async function chooseOperation(_schema: GraphQLSchema, document: DocumentNode, context: Partial<GraphqlContext>) {
  return checkOperation(document, context.reply?.request) ? { document } : undefined;
}

/** GraphQL over HTTP and WebSocket; the access room fills `Doorkeeper`, `SchemaWarden` and `SocketWatch`. */
@Module({})
export class GraphqlModule {
  static forRoot(access: Type): DynamicModule {
    const services = { module: GraphqlServices, imports: [access] };
    return {
      module: GraphqlModule,
      imports: [
        services,
        GraphQLModule.forRootAsync<MercuriusDriverConfig>({
          driver: MercuriusDriver,
          imports: [access, services],
          inject: [CONFIG, Doorkeeper, SchemaWarden, PersistedDocuments, Sockets],
          useFactory: options,
        }),
      ],
      exports: [services],
    };
  }
}
