import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import type { ContextRow } from './context.row.js';

/** Configurations of hers beside the presented one. */
const mostConfigurations = 10;

const milliseconds = (at: string): string => `(extract(epoch FROM ${at}) * 1000)::bigint`;
const money = (of: string): string => `json_build_object('amountMinor', ${of}.total_minor, 'currency', ${of}.currency)`;

// Joined to her the moment she came, her visit has raised her version once; it says nothing new of her.
const onlyArrived = `(v.version = 1 AND v.recognition = 'CONFIRMED' AND v.record_id = ANY(hers.records)
    AND f.input_version = c.version - 1 AND f.computed_at < v.arrived_at)`;

// Every part is one indexed row or range of a visit, its customer, or her few records.
const select = `
SELECT v.id AS "visitId", v.version, v.state, v.recognition AS status, v.purpose, v.store_id AS "storeId",
  s.time_zone AS "timeZone", v.record_id AS "recordId", v.recognised_record_id AS "recognisedRecordId",
  v.configuration_id AS "configurationId",
  coalesce(v.stated_name, own.traits->>'givenName', own.traits->>'name', v.called_name) AS "calledName", c.id AS "customerId",
  CASE WHEN h.id IS NOT NULL THEN json_build_object('id', h.id, 'code', h.code, 'name', h.name,
    'timeZone', h.time_zone, 'currency', h.currency, 'promiseMinutes', h.promise_minutes) END AS "homeStore",
  CASE WHEN w.id IS NOT NULL THEN json_build_object('id', w.id, 'displayName', w.display_name) END AS "ownAssociate",
  found.facts, (
    SELECT json_agg(json_build_array(o.purpose, o.channel, o.granted, ${milliseconds('o.at')}))
    FROM consent o WHERE o.record_id = ANY(hers.records)
  ) AS consents, (
    SELECT json_agg(json_build_object(
      'id', k.id, 'recordId', k.record_id, 'code', k.code, 'model', k.model, 'modelLabel', k.model_label,
      'options', k.options, 'abandoned', k.abandoned, 'total', ${money('k')}, 'imageUrl', k.image_url, 'url', k.url,
      'revision', k.revision, 'startedAt', k.started_at, 'lastEditedAt', k.last_edited_at,
      'seen', CASE WHEN n.visit_id IS NOT NULL THEN json_build_object('options', n.options, 'total', ${money('n')}) END
    ) ORDER BY k.presented DESC, k.last_edited_at DESC, k.id)
    FROM (
      SELECT true AS presented, y.* FROM configuration y WHERE y.id = v.configuration_id
      UNION ALL (
        SELECT false, y.* FROM configuration y
        WHERE y.record_id = ANY(hers.records) AND y.id IS DISTINCT FROM v.configuration_id
        ORDER BY y.last_edited_at DESC LIMIT ${mostConfigurations}
      )
    ) k
    LEFT JOIN visit_seen n ON n.visit_id = past.id AND n.configuration_id = k.id
  ) AS configurations
FROM visit v
JOIN store s ON s.id = v.store_id
LEFT JOIN record own ON own.id = v.record_id
LEFT JOIN membership m ON m.record_id = coalesce(v.recognised_record_id, v.record_id)
LEFT JOIN customer c ON c.id = m.customer_id
LEFT JOIN LATERAL (
  SELECT array_agg(one.record_id) AS records FROM membership one WHERE one.customer_id = m.customer_id
) hers ON true
LEFT JOIN LATERAL (
  SELECT json_agg(json_build_array(f.step, f.state, (f.input_version = c.version OR ${onlyArrived}), ${milliseconds('f.computed_at')}, f.payload)) AS facts
  FROM fact f WHERE f.customer_id = c.id AND f.separations = c.separations
) found ON true
LEFT JOIN fact p ON p.customer_id = c.id AND p.step = 'profile' AND p.separations = c.separations
LEFT JOIN store h ON h.code = p.payload #>> '{homeStore,value}'
LEFT JOIN staff w ON w.code = p.payload #>> '{ownAssociate,value}' AND w.revoked_at IS NULL
LEFT JOIN LATERAL (
  SELECT b.id FROM visit b
  WHERE b.record_id = ANY(hers.records) AND b.state = 'COMPLETED' AND b.day < v.day
  ORDER BY b.ended_at DESC LIMIT 1
) past ON true`;

// One id has a statement of its own: for an array PostgreSQL would plan anew each time.
const ofOne = `${select} WHERE v.id = $1`;
const ofMany = `${select} WHERE v.id = ANY($1::uuid[])`;

/** Reads what briefings are made of: one visit or many, in one prepared statement. */
@Injectable()
export class ContextQuery {
  constructor(private readonly database: Database) {}

  /** By visit id; a visit that is not there is absent. */
  async of(visitIds: readonly string[]): Promise<Map<string, ContextRow>> {
    const rows =
      visitIds.length === 1
        ? await this.database.prepared<ContextRow>('visit-context', ofOne, visitIds)
        : await this.database.prepared<ContextRow>('visit-contexts', ofMany, [visitIds]);
    return new Map(rows.map((row) => [row.visitId, row]));
  }
}
