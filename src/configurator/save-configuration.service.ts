import { Injectable } from '@nestjs/common';
import type { Actor } from '../access/actor.js';
import { identifierKinds } from '../identity/identifier-kinds.js';
import { Passes } from '../pass/passes.js';
import { Transactions, type Tx } from '../platform/database/transactions.js';
import { BadUserInput } from '../platform/graphql/errors.js';
import { Idempotency } from '../platform/idempotency/idempotency.js';
import { KeyReusedDifferently } from '../platform/idempotency/key-reused-differently.js';
import { configurationById } from './configuration.query.js';
import type { SaveConfigurationInput } from './save-configuration.input.js';
import { faultsOf } from './save-input.rules.js';
import { SavedConfiguration } from './saved-configuration.view.js';
import { Saves, type Saver, type Written } from './saves.js';

/** What a repeated key finds: what was written, and the link that was given out. */
interface Remembered extends Written {
  readonly linkId: string;
}

/** Saves a configuration once for each key, all in one transaction, and answers with what can be shown. */
@Injectable()
export class SaveConfigurationService {
  constructor(
    private readonly transactions: Transactions,
    private readonly idempotency: Idempotency,
    private readonly saves: Saves,
    private readonly passes: Passes,
  ) {}

  /** Saves; a repeated key saves nothing and answers with the same ids, the same link and a fresh pass. */
  async save(input: SaveConfigurationInput, actor: Actor): Promise<SavedConfiguration | KeyReusedDifferently> {
    const faults = faultsOf(input, [...identifierKinds.keys()]);
    if (faults.length > 0) {
      const message = faults.map(({ field, says }) => `${field} ${says}`).join('; ');
      throw new BadUserInput(
        `${message}.`,
        faults.map(({ field }) => field),
      );
    }
    return this.transactions.run((tx) => this.settle(tx, input, actor));
  }

  private async settle(
    tx: Tx,
    input: SaveConfigurationInput,
    actor: Actor,
  ): Promise<SavedConfiguration | KeyReusedDifferently> {
    const saver = await this.saves.saverOf(tx, input, actor);
    const { idempotencyKey: key, ...said } = input;
    const request = { operation: 'saveConfiguration', scope: saver.source.id, key, input: said };
    const claim = await this.idempotency.claim(tx, request);
    if (claim.state === 'reused') return new KeyReusedDifferently();
    if (claim.state === 'replay') return this.answer(tx, claim.result as unknown as Remembered, saver);
    const written = await this.saves.write(tx, input, saver);
    const remembered = { ...written, linkId: await this.passes.linkFor(tx, written) };
    await this.idempotency.remember(tx, claim, 'SavedConfiguration', { ...remembered });
    return this.answer(tx, remembered, saver);
  }

  /** A repeated key is answered under the rights of the one who repeats it: only a server gets a pass that verifies. */
  private async answer(tx: Tx, { linkId, signedIn, ...about }: Remembered, saver: Saver): Promise<SavedConfiguration> {
    const configuration = await configurationById(tx, about.configurationId);
    if (!configuration) throw new Error(`Configuration ${about.configurationId} was saved but is not there.`);
    const strength = signedIn && saver.asserts ? 'VERIFIED' : 'PRESENTED';
    const pass = await this.passes.issue(tx, { ...about, strength });
    return new SavedConfiguration(configuration, pass, await this.passes.linkUrl(tx, linkId));
  }
}
