import {
  GraphQLError,
  NoSchemaIntrospectionCustomRule,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
  type ValidationRule,
} from 'graphql';
import type { Config } from '../../../shared/config.js';
import { costOf, looksLikeJson, sizeOf } from './document-size.js';

/** Words and signs that a document may have. */
export const mostTokens = 2000;
/** Renamed fields, `__typename` included, each as often as it is written out. */
export const mostAliases = 30;

/** Directives, each as often as it is written out. */
export const mostDirectives = 30;
/** Faults of one document that are named. */
const mostErrors = 10;

/** A document that asks for too much; says how much would be too much. */
export class TooComplex extends GraphQLError {
  readonly statusCode = 400;

  constructor(what: string, measured: number, most: number) {
    super(`This document is too large: ${what} is ${measured}, and at most ${most} is allowed. Ask for less at once.`, {
      extensions: { code: 'TOO_COMPLEX' },
    });
  }
}

/** Bounds what a document may ask for, the same over HTTP and WebSocket. */
export class Limits {
  /** Options of graphql-js. */
  readonly parsing = { maxTokens: mostTokens };
  readonly validating = { maxErrors: mostErrors };
  readonly rules: readonly ValidationRule[];
  private readonly costs = new WeakMap<DocumentNode, number>();

  constructor(private readonly config: Pick<Config, 'maxDepth' | 'maxCost' | 'introspection' | 'environment'>) {
    const introspection = config.introspection ?? config.environment !== 'production';
    this.rules = introspection ? [] : [NoSchemaIntrospectionCustomRule];
  }

  /** Before parsing. @throws GraphQLError for a syntax tree in the place of a document. */
  checkSource(source: string): void {
    if (looksLikeJson(source)) throw new GraphQLError('Syntax Error: Unexpected JSON; send a GraphQL document.');
  }

  /** After parsing and before validation, whose time grows faster than a document. @throws TooComplex */
  checkSize(document: DocumentNode): void {
    const { depth, aliases, directives } = sizeOf(document);
    this.bound('its depth', depth, this.config.maxDepth);
    this.bound('its number of aliases', aliases, mostAliases);
    this.bound('its number of directives', directives, mostDirectives);
  }

  /** Before execution; the answer for a document is remembered as long as the document is. @throws TooComplex */
  checkCost(schema: GraphQLSchema, document: DocumentNode): void {
    let cost = this.costs.get(document);
    if (cost === undefined) {
      cost = costOf(schema, document);
      this.costs.set(document, cost);
    }
    this.bound('its cost', cost, this.config.maxCost);
  }

  /** All of it for a subscription, which Mercurius does not see. @throws GraphQLError */
  checkSubscription(schema: GraphQLSchema, document: DocumentNode): void {
    this.checkSize(document);
    const [fault] = validate(schema, document, [...specifiedRules, ...this.rules], this.validating);
    if (fault !== undefined)
      throw new GraphQLError(fault.message, { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } });
    this.checkCost(schema, document);
  }

  private bound(what: string, measured: number, most: number): void {
    if (measured > most) throw new TooComplex(what, measured, most);
  }
}

/** The limits as hooks of Mercurius. */
export function limitHooks(limits: Limits): Record<string, (...parameters: never[]) => Promise<void>> {
  return {
    preParsing: async (_schema: GraphQLSchema, source: string) => limits.checkSource(source),
    preValidation: async (_schema: GraphQLSchema, document: DocumentNode) => limits.checkSize(document),
    preExecution: async (schema: GraphQLSchema, document: DocumentNode) => limits.checkCost(schema, document),
  };
}
