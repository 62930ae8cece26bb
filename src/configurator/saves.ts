import { Injectable } from '@nestjs/common';
import { mayReadStore, type Actor, type SourceView } from '../access/actor.js';
import { identifierKinds } from '../identity/identifier-kinds.js';
import { sourceKind } from '../ingest/source-kinds.js';
import { readConfigurationCode } from '../pass/read-code.rules.js';
import type { Tx } from '../platform/database/transactions.js';
import { BadUserInput } from '../platform/graphql/errors.js';
import { Clock } from '../shared/clock.js';
import { configurationByCode, configurationById } from './configuration.query.js';
import type { Session } from './configuration.store.js';
import type { SaveConfigurationInput } from './save-configuration.input.js';
import { savedMessage, type SavedMessage } from './saved-message.js';
import { momentOf, Saving } from './saving.js';
import { type Stay, Stays } from './stays.js';
import { tell } from './teller.rules.js';

/** In whose name something is saved: a shop's, or a store's during a stay. */
export interface Saver {
  readonly source: SourceView;
  readonly asserts: boolean;
  readonly stay: Stay | undefined;
}

/** What a save wrote, by ids: the pass and link lead from this record to this configuration. */
export interface Written {
  readonly configurationId: string;
  readonly recordId: string;
  /** The shop's server had signed her in. */
  readonly signedIn: boolean;
}

/** Saves as they come in: by a shop of a session on its site, or in a store during a stay. */
@Injectable()
export class Saves {
  constructor(
    private readonly clock: Clock,
    private readonly saving: Saving,
    private readonly stays: Stays,
  ) {}

  /** In whose name the caller saves. @throws BadUserInput when a store's caller names no stay of its own. */
  async saverOf(tx: Tx, { visitId }: SaveConfigurationInput, actor: Actor): Promise<Saver> {
    if (actor.source) {
      if (visitId) throw new BadUserInput('visitId is for tablets and staff: leave it out.', ['visitId']);
      return { source: actor.source, asserts: actor.asserts, stay: undefined };
    }
    const stay = visitId ? await this.stays.find(tx, visitId) : undefined;
    if (!stay || !mayReadStore(actor, stay.storeId)) {
      throw new BadUserInput('visitId must name a visit of your store that has not ended.', ['visitId']);
    }
    return { source: stay.source, asserts: false, stay };
  }

  /** Writes a save. */
  async write(tx: Tx, input: SaveConfigurationInput, { source, asserts, stay }: Saver): Promise<Written> {
    return stay ? this.writeInStore(tx, input, stay) : this.writeFromShop(tx, input, source, asserts);
  }

  private async writeFromShop(
    tx: Tx,
    input: SaveConfigurationInput,
    source: SourceView,
    asserts: boolean,
  ): Promise<Written> {
    const session = { sourceId: source.id, sessionId: input.sessionId.trim() };
    const message = await this.messageOf(tx, input, session, source, asserts);
    const teller = { source, asserts, mayAssert: sourceKind(source.kind).asserts };
    const told = tell({ ...session, ...message, identifiers: input.identifiers }, teller, identifierKinds);
    const owner = await this.saving.recordOf(tx, told, session);
    const configurationId = await this.saving.write(tx, { message, session, owner });
    return { configurationId, recordId: owner.recordId, signedIn: told.signedIn };
  }

  /** What is changed during a stay hangs on the visit's own record, and moves nobody's configuration to somebody else. */
  private async writeInStore(tx: Tx, input: SaveConfigurationInput, stay: Stay): Promise<Written> {
    const { recordId, visitId, source } = stay;
    const session = (await this.onScreen(tx, input.sessionId, stay)) ?? {
      sourceId: source.id,
      sessionId: `${visitId}:${input.sessionId.trim()}`,
    };
    const message = await this.messageOf(tx, input, session, source, false);
    const owner = { recordId, level: 'visit' } as const;
    const configurationId = await this.saving.write(tx, { message, session, owner, visitId });
    return { configurationId, recordId, signedIn: false };
  }

  /** The session of a configuration that the salesperson has on the screen: the one she brought, or another of hers. */
  private async onScreen(tx: Tx, named: string, stay: Stay): Promise<Session | undefined> {
    const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(named) ? named : undefined;
    const code = readConfigurationCode(named);
    const byCode = (): ReturnType<typeof configurationByCode> =>
      code === undefined ? Promise.resolve(undefined) : configurationByCode(tx, code);
    const found = id === undefined ? await byCode() : await configurationById(tx, id);
    if (!found) return undefined;
    return found.id === stay.configurationId || stay.recordIds.includes(found.recordId) ? found : undefined;
  }

  private async messageOf(
    tx: Tx,
    input: SaveConfigurationInput,
    session: Session,
    source: SourceView,
    asserted: boolean,
  ): Promise<SavedMessage> {
    const receivedAt = this.clock.now();
    const said = input.occurredAt;
    const occurredAt = said ? (said < receivedAt ? said : receivedAt) : await momentOf(tx, session, receivedAt);
    return savedMessage(input, { source, asserted, receivedAt, occurredAt });
  }
}
