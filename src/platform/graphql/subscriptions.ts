import {
  getOperationAST,
  GraphQLError,
  parse,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
} from 'graphql';
import { compileQuery, isCompiledQuery, type CompiledQuery } from 'graphql-jit';
import type { Caller, GraphqlContext } from './context.js';
import { asGraphqlError, BadUserInput } from './errors.js';
import type { Limits } from './limits/limits.js';
import { documentNotKept, type Naming, type PersistedDocuments } from './persisted-documents.js';

/** Compiled documents that are kept; the app has one. */
const mostKept = 100;

/** What a client asks to follow, as the protocol has it. */
export interface Asked extends Naming {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Record<string, unknown> | null | undefined;
}

/** A subscription that is under way. */
export interface Followed {
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly stream: AsyncIterableIterator<ExecutionResult>;
}

interface Compiled {
  readonly document: DocumentNode;
  readonly query: CompiledQuery;
}

/** Follows documents for sockets, compiled: what is told to a hundred tablets is told by one function instead of being interpreted for each. */
export class Subscriptions {
  private readonly compiled = new Map<string, Compiled>();

  constructor(
    private readonly limits: Limits,
    private readonly documents: Pick<PersistedDocuments, 'named'>,
    private readonly mayRun: (source: string, actor: Caller) => void,
  ) {}

  /** What is told from now on; or what is wrong with the document or its variables, or why the resolver refuses. */
  async follow(
    schema: GraphQLSchema,
    asked: Asked,
    context: Pick<GraphqlContext, 'actor'>,
  ): Promise<Followed | readonly GraphQLError[]> {
    try {
      const source = this.sourceOf(asked);
      this.mayRun(source, context.actor);
      const operationName = asked.operationName ?? undefined;
      const { document, query } = this.compile(schema, source, operationName);
      const followed = await query.subscribe?.({}, context, asked.variables ?? {});
      if (followed === undefined || !(Symbol.asyncIterator in followed)) return followed?.errors ?? [];
      return { document, operationName, stream: followed as AsyncIterableIterator<ExecutionResult> };
    } catch (error) {
      return [asGraphqlError(error as Error)];
    }
  }

  private sourceOf(asked: Asked): string {
    if (asked.query) return asked.query;
    const named = this.documents.named(asked);
    if (named !== undefined) return named;
    if (asked.documentId === undefined && !asked.extensions)
      throw new BadUserInput('Send the document as the text "query" of the payload.', ['query']);
    throw new GraphQLError(documentNotKept, { extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } });
  }

  private compile(schema: GraphQLSchema, source: string, name: string | undefined): Compiled {
    const key = JSON.stringify([source, name]);
    const known = this.compiled.get(key);
    if (known) return this.keep(key, known);
    const document = this.parse(source);
    if (getOperationAST(document, name)?.operation !== 'subscription') {
      const message = 'A socket carries one subscription of this name; send queries and mutations over HTTP.';
      throw new BadUserInput(message, ['query']);
    }
    this.limits.checkSubscription(schema, document);
    const query = compileQuery(schema, document, name);
    if (!isCompiledQuery(query)) throw query.errors?.[0] ?? new Error('A document was not compiled.');
    return this.keep(key, { document, query });
  }

  /** What was followed last goes last. */
  private keep(key: string, compiled: Compiled): Compiled {
    this.compiled.delete(key);
    const [oldest] = this.compiled.keys();
    if (oldest !== undefined && this.compiled.size >= mostKept) this.compiled.delete(oldest);
    this.compiled.set(key, compiled);
    return compiled;
  }

  private parse(source: string): DocumentNode {
    try {
      return parse(source, this.limits.parsing);
    } catch (error) {
      // graphql-js is recursive: a document of nothing but brackets ends its stack before its tokens are counted.
      if (error instanceof RangeError) throw new GraphQLError('Syntax Error: the document is nested too deeply.');
      throw error;
    }
  }
}
