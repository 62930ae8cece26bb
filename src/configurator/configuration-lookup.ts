import { Injectable } from '@nestjs/common';
import type { Actor } from '../access/actor.js';
import { Audit } from '../access/audit.js';
import { LockedOut } from '../pass/locked-out.js';
import { Attempts, guessersOf } from '../pass/attempts.js';
import type { TooManyAttempts } from '../pass/pass-refusals.js';
import { readConfigurationCode } from '../pass/read-code.rules.js';
import { Database } from '../platform/database/database.js';
import { Clock } from '../shared/clock.js';
import type { Configuration } from './configuration.entity.js';
import { configurationByCode } from './configuration.query.js';

/** Opens configurations by their code, as often as somebody who does not guess needs it. */
@Injectable()
export class ConfigurationLookup {
  constructor(
    private readonly database: Database,
    private readonly attempts: Attempts,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** The configuration with a code as it was typed; null when there is none. @throws when too many were unknown. */
  async byCode(typed: string, actor: Actor): Promise<Configuration | null> {
    const now = this.clock.now();
    // Staff of several stores are counted by tablet and address: there is no telling in which store they stand.
    const [storeId, another] = actor.storeIds;
    const guessers = guessersOf(actor, another === undefined ? storeId : undefined);
    stopIf(await this.attempts.refusal(this.database, guessers, now));
    const code = readConfigurationCode(typed);
    const found = code === undefined ? undefined : await configurationByCode(this.database, code);
    if (!found) {
      stopIf(await this.attempts.miss(this.database, guessers, now));
      return null;
    }
    this.audit.read({
      action: 'configuration.opened',
      actor,
      recordId: found.recordId,
      storeId: storeId ?? null,
      detail: { configurationId: found.id },
    });
    return found;
  }
}

function stopIf(refusal: TooManyAttempts | undefined): void {
  if (refusal) throw new LockedOut(refusal);
}
