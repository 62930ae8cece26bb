import type { Tx } from '../platform/database/transactions.js';
import { newId } from '../shared/ids.js';
import type { CandidateFound } from './recognition.rules.js';
import type { Visit } from './visit.entity.js';
import type { Stay } from './visit.rules.js';

/** What a new visit is made of. */
export interface NewVisit {
  readonly id: string;
  readonly storeId: string;
  readonly recordId: string;
  readonly statedName: string | null;
  readonly day: string;
}

/** Somebody else has changed the visit since it was read; the transaction runs anew (SQLSTATE of a failed serialization). */
class VisitMoved extends Error {
  readonly code = '40001';
}

/** Writes a visit that begins. */
export async function insertVisit(tx: Tx, visit: NewVisit, stay: Stay): Promise<void> {
  tx.send(
    'visit-insert',
    `INSERT INTO visit (id, store_id, record_id, called_name, stated_name, party_size, day, state, purpose,
       recognition, strength, matched_by, recognised_record_id, configuration_id, arrived_at, ended_at, outcome)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
    [
      visit.id,
      visit.storeId,
      visit.recordId,
      stay.calledName,
      visit.statedName,
      stay.partySize,
      visit.day,
      stay.state,
      stay.purpose,
      stay.identity.status,
      stay.identity.strength,
      JSON.stringify(stay.identity.reasons),
      stay.identity.recordId,
      stay.configurationId,
      stay.arrivedAt,
      stay.endedAt,
      stay.outcome,
    ],
  );
}

/** Writes a step of a visit, unless somebody was faster; then the caller's transaction runs anew and reads who it was. */
export async function updateVisit(tx: Tx, { id, version }: Pick<Visit, 'id' | 'version'>, stay: Stay): Promise<void> {
  const written = await tx.prepared(
    'visit-update',
    `UPDATE visit SET state = $3, purpose = $4, recognition = $5, strength = $6, matched_by = $7,
       recognised_record_id = $8, configuration_id = $9, associate_id = $10, arrived_at = $11, taken_at = $12,
       away_at = $13, ended_at = $14, outcome = $15, called_name = $16, party_size = $17, version = version + 1
     WHERE id = $1 AND version = $2 RETURNING 1`,
    [
      id,
      version,
      stay.state,
      stay.purpose,
      stay.identity.status,
      stay.identity.strength,
      JSON.stringify(stay.identity.reasons),
      stay.identity.recordId,
      stay.configurationId,
      stay.associateId,
      stay.arrivedAt,
      stay.takenAt,
      stay.awayAt,
      stay.endedAt,
      stay.outcome,
      stay.calledName,
      stay.partySize,
    ],
  );
  if (written.length === 0) throw new VisitMoved(`Visit ${id} was changed by somebody else.`);
}

/** Replaces the people a visitor may be; each gets an id that means something on this visit only. */
export async function replaceCandidates(
  tx: Tx,
  visitId: string,
  candidates: readonly (CandidateFound & { readonly maskedName: string })[],
): Promise<void> {
  tx.send('visit-forget-candidates', 'DELETE FROM visit_candidate WHERE visit_id = $1', [visitId]);
  if (candidates.length === 0) return;
  tx.send(
    'visit-candidates',
    `INSERT INTO visit_candidate (id, visit_id, record_id, masked_name, reasons, rank)
     SELECT id, $1, record_id, masked_name, reasons, rank
     FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::jsonb[], $6::int[])
       AS c (id, record_id, masked_name, reasons, rank)`,
    [
      visitId,
      candidates.map(() => newId()),
      candidates.map((one) => one.recordId),
      candidates.map((one) => one.maskedName),
      candidates.map((one) => JSON.stringify(one.reasons)),
      candidates.map((_, rank) => rank),
    ],
  );
}

/** Keeps of several people only the one who was chosen. */
export async function keepCandidate(tx: Tx, visitId: string, recordId: string): Promise<void> {
  tx.send('visit-keep-candidate', 'DELETE FROM visit_candidate WHERE visit_id = $1 AND record_id <> $2', [
    visitId,
    recordId,
  ]);
}

/** One of the people a visitor may be, or the one who was chosen; undefined when the id is not one of this visit. */
export async function candidateOf(tx: Tx, visitId: string, id: string): Promise<CandidateFound | undefined> {
  const [row] = await tx.query<CandidateFound>(
    'SELECT record_id AS "recordId", reasons FROM visit_candidate WHERE id = $1 AND visit_id = $2',
    [id, visitId],
  );
  return row;
}

/** What is said when a visit ends. */
export interface Farewell {
  readonly note: string | null;
  readonly configurationId: string | null;
  readonly amountMinor: number | null;
  readonly amountCurrency: string | null;
  readonly nextStep: string | null;
  readonly nextStepAt: Date | null;
  readonly lostReason: string | null;
}

/** Writes what was said when a visit ended. */
export async function writeFarewell(tx: Tx, visitId: string, farewell: Farewell): Promise<void> {
  await tx.query(
    `UPDATE visit SET note = $2, sold_configuration_id = $3, amount_minor = $4, amount_currency = $5,
       next_step = $6, next_step_at = $7, lost_reason = $8
     WHERE id = $1`,
    [
      visitId,
      farewell.note,
      farewell.configurationId,
      farewell.amountMinor,
      farewell.amountCurrency,
      farewell.nextStep,
      farewell.nextStepAt,
      farewell.lostReason,
    ],
  );
}

/** Whether a configuration was shown on this visit, or is one of the visitor's. */
export async function mayBeSold(tx: Tx, visit: Visit, configurationId: string): Promise<boolean> {
  if (configurationId === visit.configurationId) return true;
  const found = await tx.query(
    `SELECT 1 FROM configuration c
     JOIN membership m ON m.record_id = c.record_id
     JOIN membership own ON own.customer_id = m.customer_id
     WHERE c.id = $1 AND own.record_id IN ($2, $3)`,
    [configurationId, visit.recordId, visit.recognisedRecordId],
  );
  return found.length > 0;
}
