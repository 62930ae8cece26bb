import { Injectable } from '@nestjs/common';
import { IdentityService } from '../identity/identity.service.js';
import type { Tx } from '../platform/database/transactions.js';
import { ShortCodes } from '../pass/short-codes.js';
import type { ConfigurationEvent } from './configuration-event.js';
import { configurationByCode } from './configuration.query.js';
import { foldConfiguration } from './configuration.rules.js';
import {
  eventsOf,
  insertEvents,
  lockConfigurations,
  nameOf,
  writeFolded,
  type LockedConfiguration,
  type Session,
} from './configuration.store.js';

/** Something said of a session. */
export interface SaidOfSession extends Session {
  readonly event: ConfigurationEvent;
}

/** Configurations are what was said of them, folded anew whenever something is said. */
@Injectable()
export class Configurations {
  constructor(
    private readonly identity: IdentityService,
    codes: ShortCodes,
  ) {
    codes.knownBy(async (db, code) => {
      const found = await configurationByCode(db, code);
      return found && { configurationId: found.id, recordId: found.recordId };
    });
  }

  /**
   * Keeps what was said and folds every configuration it concerns; the ids of the configurations in the order of the input.
   * Customers change where a configuration turns out to be somebody else's, or was changed by somebody else, as in a store.
   */
  async take(tx: Tx, all: readonly SaidOfSession[]): Promise<string[]> {
    if (all.length === 0) return [];
    const locked = await lockConfigurations(tx, sessionsOf(all));
    const byName = new Map(locked.map((row) => [nameOf(row), row]));
    const idOf = (session: Session): string => (byName.get(nameOf(session)) as LockedConfiguration).id;
    const ids = locked.map(({ id }) => id);
    await insertEvents(
      tx,
      all.map((one) => ({ configurationId: idOf(one), event: one.event })),
    );
    const events = await eventsOf(tx, ids);
    const folds = ids.map((id) => ({ id, folded: foldConfiguration(events.get(id) ?? []) }));
    await writeFolded(tx, folds);
    const ownerOf = new Map(folds.map(({ id, folded }) => [id, folded.recordId]));
    const moved = locked.filter(({ id, recordId }) => ownerOf.get(id) !== recordId);
    const byOthers = all.filter((one) => ownerOf.get(idOf(one)) !== one.event.owner.recordId);
    const owners = [...moved.map(({ id }) => id), ...byOthers.map(idOf)].map((id) => ownerOf.get(id) as string);
    await this.identity.touch(tx, [...new Set([...owners, ...moved.map(({ recordId }) => recordId)])]);
    return all.map(idOf);
  }
}

/** Each session once, with the record and time a new row starts from. */
function sessionsOf(all: readonly SaidOfSession[]): (Session & { recordId: string; at: Date })[] {
  const byName = new Map(
    all.map(({ sourceId, sessionId, event }) => {
      const session = { sourceId, sessionId, recordId: event.owner.recordId, at: event.occurredAt };
      return [nameOf(session), session];
    }),
  );
  return [...byName.values()];
}
