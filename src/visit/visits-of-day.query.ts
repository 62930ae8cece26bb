import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import { Clock } from '../shared/clock.js';
import type { RecognitionStatus, VisitOutcome, VisitPurpose, VisitState } from './visit.words.js';

/** A visit as a manager counts it: times and outcome, and nothing of who she is; whom it concerns sees her on a tablet. */
export interface VisitOfDay {
  readonly id: string;
  readonly calledName: string | null;
  readonly recognition: RecognitionStatus;
  readonly purpose: VisitPurpose | null;
  readonly state: VisitState;
  readonly partySize: number;
  readonly expectedAt: Date | null;
  readonly arrivedAt: Date | null;
  readonly waitedSeconds: number | null;
  readonly associate: string | null;
  readonly outcome: VisitOutcome | null;
}

/** Most visits of one day that are listed. */
const most = 500;

/** Reads the visits of one store on its present day. */
@Injectable()
export class VisitsOfDay {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** The latest first; who still waits has waited until now. */
  today(storeId: string): Promise<VisitOfDay[]> {
    return this.database.query<VisitOfDay>(
      `SELECT v.id, v.called_name AS "calledName", v.state, v.recognition, v.purpose, v.party_size AS "partySize",
         v.expected_at AS "expectedAt", v.arrived_at AS "arrivedAt",
         extract(epoch FROM coalesce(v.taken_at, v.ended_at, $2::timestamptz) - v.arrived_at)::int AS "waitedSeconds",
         a.display_name AS associate, v.outcome
       FROM visit v JOIN store s ON s.id = v.store_id LEFT JOIN staff a ON a.id = v.associate_id
       WHERE v.store_id = $1 AND v.day = ($2::timestamptz AT TIME ZONE s.time_zone)::date
       ORDER BY v.arrived_at DESC NULLS LAST, v.expected_at, v.id DESC LIMIT ${most}`,
      [storeId, this.clock.now()],
    );
  }
}
