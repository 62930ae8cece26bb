import { Injectable } from '@nestjs/common';
import { Staff } from '../access/staff.entity.js';
import { Store } from '../access/store.entity.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/transactions.js';
import { Clock } from '../shared/clock.js';
import type { Board } from './board.view.js';
import { encodeCursor } from './feed.cursor.js';
import { closingOf, dayIn } from './store-day.rules.js';
import { Visit } from './visit.entity.js';
import { decide, evolve } from './visit.rules.js';
import { stayOf } from './visit.stay.js';

/** Most visits of one store a board holds. */
const mostOnBoard = 500;

const columns = `
  v.id, v.store_id AS "storeId", v.record_id AS "recordId", v.recognised_record_id AS "recognisedRecordId",
  v.configuration_id AS "configurationId", v.state, v.purpose, v.recognition AS status, v.strength,
  v.matched_by AS "matchedBy", v.called_name AS "calledName", v.stated_name AS "statedName",
  v.party_size AS "partySize", v.day::text AS day, v.expected_at AS "expectedAt", v.arrived_at AS "arrivedAt",
  v.taken_at AS "takenAt", v.away_at AS "awayAt", v.ended_at AS "endedAt", v.associate_id AS "associateId",
  v.outcome, v.note, v.sold_configuration_id AS "soldConfigurationId", v.amount_minor AS "amountMinor",
  v.amount_currency AS "amountCurrency", v.next_step AS "nextStep", v.next_step_at AS "nextStepAt",
  v.lost_reason AS "lostReason", v.alarm, v.version,
  s.code AS "storeCode", s.name AS "storeName", s.time_zone AS "timeZone", s.currency, s.country, s.language,
  s.promise_minutes AS "promiseMinutes", s.closes_at AS "closesAt", s.created_at AS "storeCreatedAt",
  a.display_name AS "displayName", c.candidates`;

const sources = `
  visit v
  JOIN store s ON s.id = v.store_id
  LEFT JOIN staff a ON a.id = v.associate_id
  LEFT JOIN LATERAL (
    SELECT jsonb_agg(
             jsonb_build_object('id', k.id, 'recordId', k.record_id, 'maskedName', k.masked_name, 'reasons', k.reasons)
             ORDER BY k.rank
           ) AS candidates
    FROM visit_candidate k
    WHERE k.visit_id = v.id AND v.recognition = 'CLAIMED' AND v.recognised_record_id IS NULL
  ) c ON true`;

const byId = `SELECT ${columns} FROM ${sources} WHERE v.id = $1`;

// The feed's number and the visits come from one statement, hence from one snapshot: what the number
// counts is on the board, what is not on the board has a higher number.
const ofStore = `
  SELECT coalesce((SELECT seq FROM store_feed WHERE store_id = $1), 0) AS seq, b.*
  FROM (VALUES (1)) AS always (here)
  LEFT JOIN (
    SELECT ${columns} FROM ${sources}
    WHERE v.store_id = $1 AND v.state IN ('EXPECTED', 'WAITING', 'SERVING', 'AWAY')
      AND v.day >= ($2::timestamptz AT TIME ZONE s.time_zone)::date
    ORDER BY v.arrived_at, v.expected_at, v.id LIMIT ${mostOnBoard}
  ) b ON true`;

type VisitColumns = Omit<Visit, 'store' | 'associate' | 'candidates'>;
interface Row extends VisitColumns {
  storeCode: string;
  storeName: string;
  timeZone: string;
  currency: string;
  country: string;
  language: string;
  promiseMinutes: number | null;
  closesAt: string;
  storeCreatedAt: Date;
  displayName: string | null;
  candidates: Visit['candidates'] | null;
}

/** Reads visits with their store, who serves, and whom they may be, in one statement. */
@Injectable()
export class VisitQuery {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** A visit as it is now; undefined when there is none. */
  async byId(id: string, db: Pick<Tx, 'prepared'> = this.database): Promise<Visit | undefined> {
    if (!isUuid(id)) return undefined;
    const [row] = await db.prepared<Row>('visit-by-id', byId, [id]);
    return row && visitFrom(row);
  }

  /** A visit that nobody else changes until the transaction ends; not for steps that go on to lock customers. */
  async locked(id: string, tx: Tx): Promise<Visit | undefined> {
    if (!isUuid(id)) return undefined;
    await tx.prepared('visit-lock', 'SELECT 1 FROM visit WHERE id = $1 FOR UPDATE', [id]);
    return this.byId(id, tx);
  }

  /** A visit as a reader finds it: one that was left open overnight is over, whether or not anybody has closed it yet. */
  async asRead(id: string): Promise<Visit | undefined> {
    const visit = await this.byId(id);
    return visit && asOf(visit, this.clock.now());
  }

  /** Who is in a store and who is expected, with the number of its feed, from one snapshot. */
  async board(storeId: string): Promise<Board> {
    const rows = await this.database.prepared<Row & { seq: string }>('visit-board', ofStore, [
      storeId,
      this.clock.now(),
    ]);
    const visits = rows.filter((row) => row.id !== null).map(visitFrom);
    return {
      cursor: encodeCursor({ storeId, seq: BigInt(rows[0]?.seq ?? 0) }),
      present: visits.filter((visit) => visit.state !== 'EXPECTED'),
      expected: visits.filter((visit) => visit.state === 'EXPECTED'),
    };
  }
}

/** Whether a text may be asked for as an id at all. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);
}

/** When a visit of an earlier day ended: at the closing time of its day; undefined for a visit of today. */
export function overnight(visit: Visit, now: Date): Date | undefined {
  const { timeZone, closesAt } = visit.store;
  return visit.day < dayIn(timeZone, now) ? closingOf(visit.day, closesAt, timeZone) : undefined;
}

function asOf(visit: Visit, now: Date): Visit {
  const at = overnight(visit, now);
  if (!at) return visit;
  const decision = decide(stayOf(visit), { type: 'close', at });
  if ('obstacle' in decision) return visit;
  const { state, outcome, endedAt } = decision.events.reduce(evolve, stayOf(visit));
  return Object.assign(visit, { state, outcome, endedAt });
}

function visitFrom(row: Row): Visit {
  const { storeCode, storeName, storeCreatedAt, displayName, candidates, ...own } = row;
  const { timeZone, currency, country, language, promiseMinutes, closesAt, ...visit } = own;
  const store = { id: row.storeId, code: storeCode, name: storeName, createdAt: storeCreatedAt };
  return Object.assign(new Visit(), visit, {
    store: Object.assign(new Store(), store, { timeZone, currency, country, language, promiseMinutes, closesAt }),
    associate: row.associateId === null ? null : Object.assign(new Staff(), { id: row.associateId, displayName }),
    candidates: candidates ?? [],
  });
}
