import { Injectable, Logger } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { normaliserVersion } from '../record/record.rules.js';
import { activeModel } from './model.store.js';

/** Rows of a table that are looked at, the first on disk, which are the oldest: an upgrade leaves nearly all of them behind. */
const looked = 1000;

/** Tells on-call at the start what an upgrade has left as an earlier version made it. */
@Injectable()
export class OutdatedNotice {
  private readonly log = new Logger('Identity');

  constructor(private readonly database: Database) {}

  /** Warns once when stored pairs were scored, or records normalised, by another version than the present. */
  async give(): Promise<void> {
    const { version } = await activeModel(this.database);
    const [found] = await this.database.query<{ pairs: boolean; records: boolean }>(
      `SELECT EXISTS (SELECT FROM (SELECT model FROM edge LIMIT ${looked}) AS e WHERE model <> $1) AS pairs,
         EXISTS (SELECT FROM (SELECT normaliser FROM record LIMIT ${looked}) AS r WHERE normaliser <> $2) AS records`,
      [version, normaliserVersion],
    );
    if (!found?.pairs && !found?.records) return;
    const todo = `npx foyer identity retrain --to ${version} compares all records anew, beside the running server.`;
    this.log.warn({ ...found, todo }, 'Records are told apart as an earlier version did it.');
  }
}
