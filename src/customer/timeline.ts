import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/transactions.js';
import type { NewActivity } from './activity.rules.js';

/** What happened with somebody, in one line of time over all channels and departments. */
@Injectable()
export class Timeline {
  /** Adds activities that are not there yet; returns the records that got one. */
  async add(tx: Tx, activities: readonly NewActivity[]): Promise<string[]> {
    if (activities.length === 0) return [];
    const rows = await tx.prepared<{ record_id: string }>('timeline-add', insert, columnsOf(activities));
    return [...new Set(rows.map((row) => row.record_id))];
  }

  /** Adds one activity that cannot be there yet. */
  append(tx: Tx, activity: NewActivity): void {
    tx.send('timeline-add', insert, columnsOf([activity]));
  }
}

const insert = `
  INSERT INTO activity (id, record_id, occurred_at, kind, channel, department, source_id, session, params)
  SELECT * FROM unnest(
    $1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[], $5::text[], $6::text[], $7::uuid[], $8::text[], $9::jsonb[])
  ON CONFLICT DO NOTHING RETURNING record_id`;

function columnsOf(activities: readonly NewActivity[]): unknown[][] {
  return [
    activities.map((each) => each.id),
    activities.map((each) => each.recordId),
    activities.map((each) => each.occurredAt),
    activities.map((each) => each.kind),
    activities.map((each) => each.channel),
    activities.map((each) => each.department),
    activities.map((each) => each.sourceId),
    activities.map((each) => each.session),
    activities.map((each) => JSON.stringify(each.params)),
  ];
}
