import { Injectable } from '@nestjs/common';
import { mayReadStore, type Actor } from '../access/actor.js';
import { Audit } from '../access/audit.js';
import { Forbidden } from '../access/denial.js';
import { Database } from '../platform/database/database.js';
import { BadUserInput } from '../platform/graphql/errors.js';
import { CandidateSeal } from './candidate-seal.js';
import { LookUpLimit } from './look-up-limit.js';
import { maskedNames } from './masked-names.query.js';
import { Recogniser } from './recogniser.js';
import { presentCandidate } from './recognition.present.js';
import { recognise, type CandidateFound, type Identity } from './recognition.rules.js';
import type { Candidate } from './recognition.view.js';

/** What somebody is looked for by. */
export interface LookUp {
  readonly storeId: string;
  readonly name?: string | undefined;
  readonly identifier?: { readonly kind: string; readonly value: string } | undefined;
}

/** Finds people by what a visitor states, masked, few at a time, and written down. */
@Injectable()
export class LookUpService {
  constructor(
    private readonly recogniser: Recogniser,
    private readonly seal: CandidateSeal,
    private readonly limit: LookUpLimit,
    private readonly audit: Audit,
    private readonly database: Database,
  ) {}

  /** Masked candidates for a name or an identifier. */
  async lookUp({ storeId, name, identifier }: LookUp, actor: Actor): Promise<Candidate[]> {
    if (!mayReadStore(actor, storeId)) {
      throw new Forbidden('This token may not look people up there: use a tablet or a member of staff of that store.');
    }
    if (!name?.trim() && !identifier)
      throw new BadUserInput('Give a name, an identifier, or both.', ['name', 'identifier']);
    this.limit.count(actor.id);
    const identifiers = identifier ? [identifier] : [];
    const signs = await this.recogniser.signs(this.database, { storeId, identifiers, name });
    const found = everybodyOf(recognise(signs));
    const by = signs.map((sign) => sign.identifier);
    this.audit.read({ action: 'customer.looked-up', actor, storeId, detail: { by, found: found.length } });
    const names = await maskedNames(
      this.database,
      found.map((one) => one.recordId),
    );
    return found.map((one) =>
      presentCandidate(
        { id: this.seal.seal(one, storeId), maskedName: names.get(one.recordId) ?? '…', reasons: one.reasons },
        actor.language,
      ),
    );
  }
}

function everybodyOf({ recordId, reasons, candidates }: Identity): readonly CandidateFound[] {
  return recordId === null ? candidates : [{ recordId, reasons }];
}
