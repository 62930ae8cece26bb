import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { parse, type FieldNode, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import type { Actor } from '../src/access/actor.js';
import { auditColumns, auditRow, insertAudit, type AuditRow } from '../src/access/audit-entry.js';
import { hashToken } from '../src/access/token.js';
import {
  keyByHash,
  rightsOfKey,
  rightsOfToken,
  tokenByHash,
  type KeyRow,
  type TokenRow,
} from '../src/access/tokens.query.js';
import { ContextLoader } from '../src/briefing/context.loader.js';
import { ContextQuery } from '../src/briefing/context.query.js';
import { mayReadContext, permitted } from '../src/briefing/context.rules.js';
import { presentContext } from '../src/briefing/present.rules.js';
import { steps } from '../src/enrichment/steps.js';
import { judgeCall } from '../src/ingest/batch.rules.js';
import { keepMessages } from '../src/ingest/intake.js';
import { messagesPerEvent } from '../src/ingest/ingest.events.js';
import type { Fields } from '../src/ingest/tracking-event.js';
import { Database } from '../src/platform/database/database.js';
import { addToOutbox } from '../src/platform/outbox/outbox.js';
import { SystemClock } from '../src/shared/clock.js';
import { newId } from '../src/shared/ids.js';
import { presentRecognition } from '../src/visit/recognition.present.js';
import { VisitQuery } from '../src/visit/visit.query.js';
import { documentHash, visitFields } from './document.js';

/**
 * The limit: `node:http` and `pg`, the product's own statements and pure rules, and nothing between them.
 * It knows two requests, the bench's persisted query and `/v1/batch`, and answers with the same bytes.
 */
const clock = new SystemClock();
// As the product's own pool: what is asked in one turn shares a packet, and connections with their plans are kept between rounds.
const settings = { connectionString: process.env['DATABASE_URL'], max: 10, idleTimeoutMillis: 300_000, pipeline: true };
const pool = new pg.Pool(settings);
pool.on('error', () => undefined);
// The product's reads ask for nothing of their data source but its pool.
const database = new Database({ driver: { master: pool } } as unknown as DataSource);
const visits = new VisitQuery(database, clock);
// What is asked for in one turn is read by one statement, as the product does.
const contexts = new ContextLoader(new ContextQuery(database));
let audit: AuditRow[] = [];

setInterval(() => {
  const rows = audit;
  audit = [];
  for (let at = 0; at < rows.length; at += 500) {
    const values = auditColumns(rows.slice(at, at + 500));
    pool.query({ name: 'audit', text: insertAudit, values }).catch((error: unknown) => console.error(error));
  }
}, 500);

async function readVisit(request: IncomingMessage, body: Body): Promise<object> {
  if (body.extensions?.persistedQuery?.sha256Hash !== documentHash)
    throw new Error('Only the persisted query is known.');
  const token = request.headers.authorization?.slice('Bearer '.length) ?? '';
  const [row] = await database.prepared<TokenRow>('token', tokenByHash, [hashToken(token), clock.now()]);
  if (!row) throw new Error('Unknown token.');
  const actor: Actor = { ...rightsOfToken(row), address: '', language: row.tablet_language ?? 'en' };
  const id = body.variables?.id ?? '';
  const [found, visit] = await Promise.all([contexts.load(id), visits.asRead(id)]);
  if (!visit || !actor.storeIds.includes(visit.storeId)) return { data: { visit: null } };
  if (!found || !mayReadContext(actor, found, visit.state)) throw new Error('No context.');
  const allowed = permitted(actor, found);
  const { visitId, storeId, customerId } = found;
  const fields = ['customer', 'headline', 'configurations', 'activity', 'ownedProducts', 'purchases'];
  audit.push(auditRow({ action: 'visit.context.read', actor, storeId, customerId, visitId, fields }, clock.now()));
  const reader = { locale: actor.language, timeZone: found.timeZone };
  const recognition = presentRecognition(visit, actor.language);
  const context = presentContext(found, allowed, reader, steps, clock.now());
  return { data: { visit: asked(Object.assign(visit as object, { recognition, context })) } };
}

/** Takes what the bench's document selects of an object, in its order, as GraphQL writes it. */
type Pick = (value: unknown) => unknown;

function pickOf(selection: SelectionSetNode | undefined): Pick {
  if (!selection) return (value) => value ?? null;
  const fields = selection.selections.map((field) => field as FieldNode);
  const picks = fields.map(({ name, selectionSet }) => [name.value, pickOf(selectionSet)] as const);
  const pick: Pick = (value) => {
    if (Array.isArray(value)) return value.map(pick);
    if (value === null || value === undefined) return null;
    const picked: Record<string, unknown> = {};
    for (const [name, take] of picks) picked[name] = take((value as Record<string, unknown>)[name]);
    return picked;
  };
  return pick;
}

const asked = pickOf((parse(`{${visitFields}}`).definitions[0] as OperationDefinitionNode).selectionSet);

async function keep(request: IncomingMessage, body: Body, text: string): Promise<object> {
  const key = Buffer.from(request.headers.authorization?.slice('Basic '.length) ?? '', 'base64')
    .toString()
    .slice(0, -1);
  const [row] = await database.prepared<KeyRow>('key', keyByHash, [hashToken(key), clock.now()]);
  if (!row) throw new Error('Unknown key.');
  const { source, asserts } = rightsOfKey(row);
  const receivedAt = clock.now();
  const call = { call: 'batch' as const, text, body: body as Fields };
  const { good } = judgeCall(call, { receivedAt, asserts, sentAt: body.sentAt, vouches: () => false });
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const { rows } = await client.query<{ id: string }>({
      name: 'keep',
      text: keepMessages,
      values: [
        source?.id,
        receivedAt,
        good.map(() => newId()),
        good.map((each) => each.messageId),
        good.map((each) => each.kind),
        good.map((each) => each.occurredAt),
        good.map((each) => each.asserted),
        `[${good.map((each) => each.text).join(',')}]`,
      ],
    });
    const ids = rows.map(({ id }) => id);
    const payloads: string[] = [];
    for (let at = 0; at < ids.length; at += messagesPerEvent)
      payloads.push(JSON.stringify({ messageIds: ids.slice(at, at + messagesPerEvent) }));
    const values = [payloads.map(() => newId()), receivedAt, 'messages.received', 10, payloads];
    await client.query({ name: 'outbox', text: addToOutbox, values });
    await client.query('COMMIT');
    return { success: true, accepted: ids.length, duplicates: good.length - ids.length };
  } finally {
    client.release();
  }
}

interface Body {
  readonly variables?: { readonly id?: string };
  readonly extensions?: { readonly persistedQuery?: { readonly sha256Hash?: string } };
  readonly sentAt?: unknown;
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method === 'GET') {
    response.end('{"status":"ok"}');
    return;
  }
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString();
  const body = JSON.parse(text) as Body;
  const content = request.url === '/graphql' ? await readVisit(request, body) : await keep(request, body, text);
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.end(JSON.stringify(content));
}

createServer((request, response) => {
  answer(request, response).catch((error: unknown) => {
    console.error(error);
    response.writeHead(500).end();
  });
}).listen(Number(process.env['PORT']), '127.0.0.1');
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => process.exit(0));
