import { Injectable } from '@nestjs/common';
import type { SourceView } from '../access/actor.js';
import { Stays, type Stay } from '../configurator/stays.js';
import type { Reads } from '../pass/short-codes.js';
import { Clock } from '../shared/clock.js';

interface Row {
  visit_id: string;
  record_id: string;
  configuration_id: string | null;
  record_ids: string[];
  source: Omit<SourceView, 'storeId'>;
  store_id: string;
}

// Her records are those of the visit's own customer: until she is confirmed, that is the visit's record alone.
const sql = `
  SELECT v.id AS visit_id, v.store_id, v.record_id, v.configuration_id,
    ARRAY(SELECT m.record_id FROM membership own JOIN membership m USING (customer_id)
          WHERE own.record_id = v.record_id)::text[] AS record_ids,
    json_build_object('id', o.id, 'code', o.code, 'name', o.name, 'kind', o.kind, 'department', o.department,
                      'country', o.country, 'trusted', o.trusted) AS source
  FROM visit v
  JOIN store s ON s.id = v.store_id
  JOIN source o ON o.code = 'store:' || s.code
  WHERE v.id = $1 AND v.state IN ('WAITING', 'SERVING', 'AWAY')
    AND v.day >= ($2::timestamptz AT TIME ZONE s.time_zone)::date`;

/** Tells the configurator during which stay something is changed. */
@Injectable()
export class VisitStays {
  constructor(
    stays: Stays,
    private readonly clock: Clock,
  ) {
    stays.knownBy((db, visitId) => this.find(db, visitId));
  }

  private async find(db: Reads, visitId: string): Promise<Stay | undefined> {
    const [row] = await db.query<Row>(sql, [visitId, this.clock.now()]);
    if (!row) return undefined;
    const { store_id: storeId, record_id: recordId, configuration_id: configurationId } = row;
    const source = { ...row.source, storeId };
    return { visitId: row.visit_id, storeId, source, recordId, recordIds: row.record_ids, configurationId };
  }
}
