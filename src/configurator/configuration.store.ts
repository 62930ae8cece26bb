import type { Tx } from '../platform/database/transactions.js';
import { newId } from '../shared/ids.js';
import { freshConfigurationCode } from './configuration-code.js';
import type { ConfigurationEvent } from './configuration-event.js';
import type { FoldedConfiguration } from './configuration.rules.js';

/** A configurator session: a source, and the source's own id of it. */
export interface Session {
  readonly sourceId: string;
  readonly sessionId: string;
}

/** The row of a session, locked. */
export interface LockedConfiguration extends Session {
  readonly id: string;
  readonly recordId: string;
}

/** Most events of one session that count, the newest; no visitor comes near, and a runaway script slows nobody down. */
const mostEvents = 2000;

/** A second round makes what is new, further ones only follow on codes that were taken. */
const mostRounds = 6;

const insertSessions = `
  INSERT INTO configuration (id, record_id, source_id, session_id, code, model, total_minor, currency, revision,
                             started_at, last_edited_at)
  SELECT id, record_id, source_id, session_id, code, '', 0, 'XXX', 0, at, at
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::timestamptz[])
    AS s (id, record_id, source_id, session_id, code, at)
  ON CONFLICT DO NOTHING`;

const lockSessions = `
  SELECT c.id, c.record_id AS "recordId", c.source_id AS "sourceId", c.session_id AS "sessionId"
  FROM configuration c
  JOIN unnest($1::uuid[], $2::text[]) AS s (source_id, session_id) USING (source_id, session_id)
  ORDER BY c.source_id, c.session_id FOR UPDATE OF c`;

/**
 * The rows of sessions, made where they are new and locked. Sessions come in one order from everybody, so that two batches
 * with the same sessions wait for each other instead of locking each other out.
 */
export async function lockConfigurations(
  tx: Tx,
  sessions: readonly (Session & { readonly recordId: string; readonly at: Date })[],
): Promise<LockedConfiguration[]> {
  const sorted = [...sessions].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const keys = [sorted.map((each) => each.sourceId), sorted.map((each) => each.sessionId)];
  for (let round = 1; round <= mostRounds; round += 1) {
    const rows = await tx.prepared<LockedConfiguration>('configuration-lock', lockSessions, keys);
    if (rows.length === sorted.length) return rows;
    // A code that is taken already leaves its session without a row: the next round tries another one.
    const known = new Set(rows.map(nameOf));
    const missing = sorted.filter((each) => !known.has(nameOf(each)));
    await tx.prepared('configuration-insert', insertSessions, [
      missing.map(() => newId()),
      missing.map((each) => each.recordId),
      missing.map((each) => each.sourceId),
      missing.map((each) => each.sessionId),
      missing.map(() => freshConfigurationCode()),
      missing.map((each) => each.at),
    ]);
  }
  throw new Error(`No free code was found for ${sorted.length} configurations; is the table of codes nearly full?`);
}

/** One text for one session. */
export function nameOf({ sourceId, sessionId }: Session): string {
  return `${sourceId} ${sessionId}`;
}

/** An event of one configuration. */
export interface OwnEvent {
  readonly configurationId: string;
  readonly event: ConfigurationEvent;
}

/** Keeps events; the same event again changes nothing. */
export async function insertEvents(tx: Tx, events: readonly OwnEvent[]): Promise<void> {
  await tx.prepared(
    'configuration-event-insert',
    `INSERT INTO configuration_event (configuration_id, occurred_at, id, kind, payload)
     SELECT * FROM unnest($1::uuid[], $2::timestamptz[], $3::uuid[], $4::text[], $5::jsonb[])
     ON CONFLICT DO NOTHING`,
    [
      events.map(({ configurationId }) => configurationId),
      events.map(({ event }) => event.occurredAt),
      events.map(({ event }) => event.id),
      events.map(({ event }) => event.kind),
      events.map(({ event: { said, owner } }) => JSON.stringify({ said, owner })),
    ],
  );
}

interface EventRow {
  readonly configurationId: string;
  readonly id: string;
  readonly occurredAt: Date;
  readonly kind: ConfigurationEvent['kind'];
  readonly payload: Pick<ConfigurationEvent, 'said' | 'owner'>;
}

/** The events of configurations, by the id of the configuration. */
export async function eventsOf(tx: Tx, ids: readonly string[]): Promise<Map<string, ConfigurationEvent[]>> {
  const rows = await tx.prepared<EventRow>(
    'configuration-events',
    `SELECT e.configuration_id AS "configurationId", e.id, e.occurred_at AS "occurredAt", e.kind, e.payload
     FROM unnest($1::uuid[]) AS wanted (id)
     CROSS JOIN LATERAL (
       SELECT * FROM configuration_event WHERE configuration_id = wanted.id
       ORDER BY occurred_at DESC, id DESC LIMIT ${mostEvents}
     ) e`,
    [ids],
  );
  const byConfiguration = new Map<string, ConfigurationEvent[]>(ids.map((id) => [id, []]));
  for (const { configurationId, payload, ...event } of rows) {
    byConfiguration.get(configurationId)?.push({ ...event, ...payload });
  }
  return byConfiguration;
}

/** What one configuration has become. */
export interface OwnFold {
  readonly id: string;
  readonly folded: FoldedConfiguration;
}

/** Writes what configurations have become. */
export async function writeFolded(tx: Tx, folds: readonly OwnFold[]): Promise<void> {
  const column = <T>(of: (folded: FoldedConfiguration) => T): T[] => folds.map(({ folded }) => of(folded));
  await tx.prepared(
    'configuration-write',
    `UPDATE configuration c SET
       record_id = f.record_id, model = f.model, model_label = f.model_label, options = f.options,
       abandoned = f.abandoned, total_minor = f.total_minor, currency = f.currency, image_url = f.image_url,
       url = f.url, revision = f.revision, saved = f.revision > 0, started_at = f.started_at,
       last_edited_at = f.last_edited_at, visit_id = f.visit_id
     FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::jsonb[], $6::jsonb[], $7::bigint[], $8::text[],
                 $9::text[], $10::text[], $11::int[], $12::timestamptz[], $13::timestamptz[], $14::uuid[])
       AS f (id, record_id, model, model_label, options, abandoned, total_minor, currency, image_url, url, revision,
             started_at, last_edited_at, visit_id)
     WHERE c.id = f.id`,
    [
      folds.map(({ id }) => id),
      column((folded) => folded.recordId),
      column((folded) => folded.model),
      column((folded) => folded.modelLabel),
      column((folded) => JSON.stringify(folded.options)),
      column((folded) => JSON.stringify(folded.abandoned)),
      column((folded) => folded.total.amountMinor),
      column((folded) => folded.total.currency),
      column((folded) => folded.imageUrl),
      column((folded) => folded.url),
      column((folded) => folded.revision),
      column((folded) => folded.startedAt),
      column((folded) => folded.lastEditedAt),
      column((folded) => folded.visitId),
    ],
  );
  await writeRevisions(tx, folds);
}

/** An event that arrives late may renumber what was saved after it, so revisions are written as they are now. */
async function writeRevisions(tx: Tx, folds: readonly OwnFold[]): Promise<void> {
  const revisions = folds.flatMap(({ id, folded }) => folded.revisions.map((revision) => ({ id, ...revision })));
  await tx.prepared(
    'revision-write',
    `WITH gone AS (
       DELETE FROM revision r USING unnest($1::uuid[], $2::int[]) AS kept (id, newest)
       WHERE r.configuration_id = kept.id AND r.number > kept.newest
     )
     INSERT INTO revision AS r (configuration_id, number, occurred_at, options, abandoned, total_minor, currency)
     SELECT * FROM unnest($3::uuid[], $4::int[], $5::timestamptz[], $6::jsonb[], $7::jsonb[], $8::bigint[], $9::text[])
     ON CONFLICT (configuration_id, number) DO UPDATE SET
       occurred_at = excluded.occurred_at, options = excluded.options, abandoned = excluded.abandoned,
       total_minor = excluded.total_minor, currency = excluded.currency
     WHERE (r.occurred_at, r.options, r.abandoned, r.total_minor, r.currency) IS DISTINCT FROM
           (excluded.occurred_at, excluded.options, excluded.abandoned, excluded.total_minor, excluded.currency)`,
    [
      folds.map(({ id }) => id),
      folds.map(({ folded }) => folded.revision),
      revisions.map((revision) => revision.id),
      revisions.map((revision) => revision.number),
      revisions.map((revision) => revision.occurredAt),
      revisions.map((revision) => JSON.stringify(revision.options)),
      revisions.map((revision) => JSON.stringify(revision.abandoned)),
      revisions.map((revision) => revision.total.amountMinor),
      revisions.map((revision) => revision.total.currency),
    ],
  );
}
