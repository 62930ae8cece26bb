import type { Sql } from '../access/enrolment/sql.js';

/** Something that a source says and nobody here understands yet. */
export interface Gap {
  readonly source: string;
  /** The event's name, or the call's type. */
  readonly name: string;
  readonly count: number;
  readonly lastReceivedAt: Date;
}

/** What is kept as `other` since a moment, the most frequent first. */
export async function gapsSince(database: Sql, since: Date, limit = 100): Promise<Gap[]> {
  return database.query(
    `SELECT s.code AS source, coalesce(m.body ->> 'event', m.body ->> 'type') AS name, count(*)::int AS count,
       max(m.received_at) AS "lastReceivedAt"
     FROM source s JOIN message m ON m.source_id = s.id AND m.received_at >= $1
     WHERE m.kind = 'other' GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT $2`,
    [since, limit],
  );
}
