import { Injectable } from '@nestjs/common';
import { mayReadStore, type Actor } from '../access/actor.js';
import { Audit } from '../access/audit.js';
import { Forbidden } from '../access/denial.js';
import { type Alike, findAlike } from '../identity/find-alike.query.js';
import { sayReasons } from '../identity/review/evidence-words.rules.js';
import { Database } from '../platform/database/database.js';
import { BadUserInput } from '../platform/graphql/errors.js';
import { unsaid } from '../shared/catalogue/sentences.js';
import { Clock } from '../shared/clock.js';
import { CandidateSeal } from './candidate-seal.js';
import { LookUpLimit } from './look-up-limit.js';
import { maskedNames } from './masked-names.query.js';
import { Recogniser } from './recogniser.js';
import { presentCandidate } from './recognition.present.js';
import {
  type CandidateFound,
  type Identity,
  mostCandidates,
  type Reason,
  recognise,
  type Sign,
} from './recognition.rules.js';
import type { Candidate } from './recognition.view.js';

/** What somebody is looked for by. */
export interface LookUp {
  readonly storeId: string;
  readonly name?: string | undefined;
  readonly identifier?: { readonly kind: string; readonly value: string } | undefined;
  readonly birthDate?: string | undefined;
}

const alike: Reason = { identifier: 'alike', strength: 'STATED' };

/** Finds people by what a visitor states, masked, few at a time, and written down. */
@Injectable()
export class LookUpService {
  constructor(
    private readonly recogniser: Recogniser,
    private readonly seal: CandidateSeal,
    private readonly limit: LookUpLimit,
    private readonly audit: Audit,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Masked candidates: those who bear what was said, and those whom all of it together is much like. */
  async lookUp(wanted: LookUp, actor: Actor): Promise<Candidate[]> {
    const { storeId, name, identifier } = wanted;
    if (!mayReadStore(actor, storeId)) {
      throw new Forbidden(unsaid('access.not-that-store', {}));
    }
    if (!name?.trim() && !identifier) throw new BadUserInput(unsaid('input.nobody-sought', {}), ['name', 'identifier']);
    this.limit.count(actor.id);
    const identifiers = identifier ? [identifier] : [];
    if (identifier) await this.limit.refuseGuesser(actor, storeId);
    const [{ signs, missed }, likely] = await Promise.all([
      this.recogniser.signs(this.database, { storeId, identifiers, name }),
      this.alike(wanted),
    ]);
    if (missed > 0) await this.limit.miss(actor, storeId, missed);
    const found = together(likely, signs);
    const by = [...signs.map((sign) => sign.identifier), ...(wanted.birthDate?.trim() ? ['birthDate'] : [])];
    this.audit.read({ action: 'customer.looked-up', actor, storeId, detail: { by, found: found.length } });
    const names = await maskedNames(
      this.database,
      found.map((one) => one.recordId),
    );
    return found.map((one) => {
      const masked = { id: this.seal.seal(one, storeId), maskedName: names.get(one.recordId) ?? '…' };
      const compared = likely.find(({ recordId }) => recordId === one.recordId)?.evidence;
      if (compared) return { ...masked, explanation: sayReasons(actor.language, compared).join(' ') };
      return presentCandidate({ ...masked, reasons: one.reasons }, actor.language);
    });
  }

  /** One thing alone is looked for as it was said; what is like it by itself would be half the town. */
  private async alike({ storeId, name, identifier, birthDate }: LookUp): Promise<Alike[]> {
    if ([name?.trim(), identifier, birthDate?.trim()].filter(Boolean).length < 2) return [];
    const [store] = await this.database.query<{ country: string }>('SELECT country FROM store WHERE id = $1', [
      storeId,
    ]);
    if (!store) return [];
    const { country } = store;
    const traits = { ...(name && { name }), ...(birthDate && { birthDate }) };
    const identifiers = identifier ? [{ ...identifier, country }] : [];
    return findAlike(this.database, { traits, identifiers, country, now: this.clock.now() });
  }
}

/** First those who are like all that was said, then those who bear a part of it; each customer once. */
function together(likely: readonly Alike[], signs: readonly Sign[]): CandidateFound[] {
  const customerOf = new Map(signs.flatMap(({ people }) => people.map((one) => [one.recordId, one.customerId])));
  const bearers = everybodyOf(recognise(signs));
  const first = likely.map(({ recordId, customerId }) => {
    const known = bearers.find((one) => customerOf.get(one.recordId) === customerId);
    return { recordId, reasons: [...(known?.reasons ?? []), alike] };
  });
  const rest = bearers.filter(({ recordId }) => !likely.some((one) => one.customerId === customerOf.get(recordId)));
  return [...first, ...rest].slice(0, mostCandidates);
}

function everybodyOf({ recordId, reasons, candidates }: Identity): readonly CandidateFound[] {
  return recordId === null ? candidates : [{ recordId, reasons }];
}
