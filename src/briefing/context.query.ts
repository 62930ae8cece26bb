import { Injectable } from '@nestjs/common';
import { isBegun } from '../configurator/configuration.query.js';
import { relatedEdges } from '../identity/household/related.sql.js';
import { possiblePairs } from '../identity/review/possible-pairs.sql.js';
import { Database } from '../platform/database/database.js';
import { writtenNames } from '../visit/masked-names.query.js';
import { mostOffered } from '../visit/possible-match.rules.js';
import type { ContextRow } from './context.row.js';

/** Configurations of hers beside the presented one. */
const mostConfigurations = 10;

const milliseconds = (at: string): string => `(extract(epoch FROM ${at}) * 1000)::bigint`;
const money = (of: string): string => `json_build_object('amountMinor', ${of}.total_minor, 'currency', ${of}.currency)`;

// Joined to her the moment she came, her visit has raised her version once; it says nothing new of her.
const onlyArrived = `(v.version = 1 AND v.recognition = 'CONFIRMED' AND v.record_id = ANY(hers.records)
    AND f.input_version = c.version - 1 AND f.computed_at < v.arrived_at)`;

const consentsOf = (record: string): string =>
  `SELECT json_agg(json_build_array(o.purpose, o.channel, o.granted, ${milliseconds('o.at')})) FROM consent o WHERE ${record}`;

// Who she may be as well, while nobody has said.
const alike = `
  SELECT json_agg(json_build_object('lo', pair.lo, 'hi', pair.hi, 'evidence', pair.evidence, 'refused', pair.refused,
    'department', known.department, 'names', known.names, 'held', known.held))
  FROM ${possiblePairs('hers.records', mostOffered)} pair
  CROSS JOIN LATERAL (
    SELECT d.department, ${writtenNames('pair.other')} FROM record x JOIN source d ON d.id = x.source_id WHERE x.id = pair.other
  ) known`;

// Confirmed visitors of her household who are in the store as well.
const together = `
  SELECT json_agg(json_build_object('visitId', theirs.id, 'evidence', theirs.evidence,
    'name', coalesce(n.payload #>> '{givenName,value}', theirs.called_name), 'consents', (
      ${consentsOf('o.record_id IN (SELECT y.record_id FROM membership y WHERE y.customer_id = theirs.customer_id)')})))
  FROM (
    SELECT DISTINCT ON (u.id) u.id, u.called_name, e.evidence, z.customer_id
    FROM ${relatedEdges('hers.records')} e
    JOIN membership z ON z.record_id = e.other AND z.customer_id <> m.customer_id
    JOIN membership y ON y.customer_id = z.customer_id
    JOIN visit u ON u.record_id = y.record_id AND u.store_id = v.store_id AND u.day = v.day
      AND u.state IN ('WAITING', 'SERVING', 'AWAY') AND u.recognition = 'CONFIRMED'
    ORDER BY u.id, e.weight DESC
  ) theirs
  LEFT JOIN customer q ON q.id = theirs.customer_id
  LEFT JOIN fact n ON n.customer_id = q.id AND n.step = 'profile' AND n.separations = q.separations`;

// Every part is one indexed row or range of a visit, its customer, or her few records.
const select = `
SELECT v.id AS "visitId", v.version, v.state, v.recognition AS status, v.purpose, v.store_id AS "storeId",
  s.time_zone AS "timeZone", v.record_id AS "recordId", v.recognised_record_id AS "recognisedRecordId",
  v.configuration_id AS "configurationId",
  coalesce(v.stated_name, own.traits->>'givenName', own.traits->>'name', v.called_name) AS "calledName", c.id AS "customerId",
  CASE WHEN h.id IS NOT NULL THEN json_build_object('id', h.id, 'code', h.code, 'name', h.name,
    'timeZone', h.time_zone, 'currency', h.currency, 'promiseMinutes', h.promise_minutes) END AS "homeStore",
  CASE WHEN w.id IS NOT NULL THEN json_build_object('id', w.id, 'displayName', w.display_name) END AS "ownAssociate",
  found.facts, (${consentsOf('o.record_id = ANY(hers.records)')}) AS consents,
  CASE WHEN v.recognition = 'CONFIRMED' THEN (${alike}) END AS alike,
  CASE WHEN v.recognition = 'CONFIRMED' THEN (${together}) END AS together, (
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
        WHERE y.record_id = ANY(hers.records) AND y.id IS DISTINCT FROM v.configuration_id AND ${isBegun('y')}
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

const ofVisits = `${select} WHERE v.id = ANY($1::uuid[])`;

/** Reads what briefings are made of: one visit or many, in one prepared statement. */
@Injectable()
export class ContextQuery {
  constructor(private readonly database: Database) {}

  /** By visit id; a visit that is not there is absent. */
  async of(visitIds: readonly string[]): Promise<Map<string, ContextRow>> {
    const rows = await this.database.prepared<ContextRow>('visit-contexts', ofVisits, [visitIds]);
    return new Map(rows.map((row) => [row.visitId, row]));
  }
}
