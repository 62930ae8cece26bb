import { getOperationAST, GraphQLError, parse } from 'graphql';

/** What becomes of a frame that a client sent. */
export type Verdict = 'pass' | { readonly reply: object } | { readonly close: number; readonly reason: string };

/** Subscriptions one socket may hold. */
export const mostSubscriptions = 20;

interface Frame {
  readonly id?: unknown;
  readonly type?: unknown;
  readonly payload?: {
    readonly query?: unknown;
    readonly operationName?: unknown;
    readonly variables?: unknown;
    readonly documentId?: unknown;
    readonly extensions?: unknown;
  } | null;
}

const starts = new Set<unknown>(['subscribe', 'start']);
const ends = new Set<unknown>(['complete', 'stop']);
const others = new Set<unknown>(['connection_init', 'connection_terminate', 'ping', 'pong']);

/**
 * The protocol of one socket, kept by us because Mercurius does not: one `connection_init`, one subscription an id, a bound
 * number of them, and only documents that parse (graphql-transport-ws, PROTOCOL.md, and its predecessor).
 */
export class FrameGate {
  private hasIntroduced = false;
  private readonly open = new Set<string>();

  constructor(private readonly mostTokens: number) {}

  /** Whether the client has introduced itself. */
  get isIntroduced(): boolean {
    return this.hasIntroduced;
  }

  /** Judges a frame of the client. */
  receive(text: string): Verdict {
    const frame = read(text);
    if (frame === undefined) return { close: 4400, reason: 'A frame is a JSON object.' };
    if (frame.type === 'connection_init') {
      if (this.hasIntroduced) return { close: 4429, reason: 'Too many initialisation requests' };
      this.hasIntroduced = true;
    }
    if (starts.has(frame.type)) return this.start(frame);
    if (ends.has(frame.type)) this.open.delete(String(frame.id));
    else if (!others.has(frame.type)) return { close: 4400, reason: 'This type of frame is not known.' };
    return 'pass';
  }

  /** Takes note of a frame that is sent to the client. */
  send(text: string): void {
    if (!text.startsWith('{"type":"complete"') && !text.startsWith('{"type":"error"')) return;
    this.open.delete(String(read(text)?.id));
  }

  private start({ id, payload }: Frame): Verdict {
    if (!this.hasIntroduced) return { close: 4401, reason: 'Unauthorized' };
    if (typeof id !== 'string' || id.length === 0 || id.length > 100)
      return { close: 4400, reason: 'A subscription has an id.' };
    if (this.open.has(id)) return { close: 4409, reason: `Subscriber for ${id} already exists` };
    const fault = faultOf(payload, this.mostTokens);
    if (fault !== undefined) return { reply: { type: 'error', id, payload: [fault] } };
    if (this.open.size >= mostSubscriptions) {
      const message = `One connection holds at most ${mostSubscriptions} subscriptions; end one first.`;
      return { reply: { type: 'error', id, payload: [{ message, extensions: { code: 'TOO_COMPLEX' } }] } };
    }
    this.open.add(id);
    return 'pass';
  }
}

function read(text: string): Frame | undefined {
  try {
    const frame = JSON.parse(text) as unknown;
    return typeof frame === 'object' && frame !== null && !Array.isArray(frame) ? frame : undefined;
  } catch {
    return undefined;
  }
}

function faultOf(payload: Frame['payload'], maxTokens: number): object | undefined {
  const bad = (message: string, code: string) => ({ message, extensions: { code } });
  if (typeof payload === 'object' && payload && !payload.query && (payload.documentId ?? payload.extensions))
    return bad('This document is not known here: send its text.', 'PERSISTED_QUERY_NOT_FOUND');
  if (typeof payload !== 'object' || payload === null || typeof payload.query !== 'string') {
    return bad('Send the document as the text "query" of the payload.', 'BAD_USER_INPUT');
  }
  const { query, operationName, variables } = payload;
  if (variables !== undefined && (typeof variables !== 'object' || Array.isArray(variables)))
    return bad('Send the variables as an object by their names, or leave them out.', 'BAD_USER_INPUT');
  if (operationName !== undefined && operationName !== null && typeof operationName !== 'string')
    return bad('operationName is a text; leave it out where the document has one operation.', 'BAD_USER_INPUT');
  try {
    const operation = getOperationAST(parse(query, { maxTokens }), operationName);
    if (operation?.operation === 'subscription') return undefined;
    return bad(
      'A socket carries one subscription of this name; send queries and mutations over HTTP.',
      'BAD_USER_INPUT',
    );
  } catch (error) {
    // graphql-js is recursive: a document of nothing but brackets ends its stack before its tokens are counted.
    if (error instanceof GraphQLError) return bad(error.message, 'GRAPHQL_PARSE_FAILED');
    return bad('Syntax Error: the document is nested too deeply.', 'GRAPHQL_PARSE_FAILED');
  }
}
