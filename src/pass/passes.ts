import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/transactions.js';
import { Clock, after, days, seconds } from '../shared/clock.js';
import { CONFIG, type Config } from '../shared/config.js';
import { newId } from '../shared/ids.js';
import { Keys } from '../shared/keys.js';
import { linkId, linkToken, opens } from './link-token.js';
import { freshPassCode, passHash, passUrl } from './pass-code.js';
import { insertPass, passById, prolongLink } from './pass.query.js';
import type { Pass } from './pass.view.js';
import { drawQr } from './qr.js';
import { readCode } from './read-code.rules.js';
import type { Reads } from './short-codes.js';
import type { PassRow } from './verdict.rules.js';

/** What a pass or link leads to. */
export interface PassSubject {
  readonly recordId: string;
  readonly configurationId: string;
}

/** Makes what a customer can show: a pass for now, a link to keep. */
@Injectable()
export class Passes {
  constructor(
    private readonly clock: Clock,
    private readonly keys: Keys,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** A fresh pass; its code is known to nobody but the one who gets this answer. */
  async issue(db: Reads, about: PassSubject & { readonly strength: 'VERIFIED' | 'PRESENTED' }): Promise<Pass> {
    const now = this.clock.now();
    const code = freshPassCode();
    const url = passUrl(this.config.publicOrigin, code);
    const expiresAt = after(now, seconds(this.config.passSeconds));
    await insertPass(
      db,
      {
        id: newId(),
        kind: 'PASS',
        record_id: about.recordId,
        configuration_id: about.configurationId,
        hash: passHash(code),
        key_id: null,
        strength: about.strength,
        expires_at: expiresAt,
      },
      now,
    );
    return { url, svg: await drawQr(url), expiresAt };
  }

  /** The id of the link from a record to a configuration: the one she has, prolonged, or a new one. */
  async linkFor(tx: Tx, about: PassSubject): Promise<string> {
    const now = this.clock.now();
    const expiresAt = after(now, days(this.config.linkDays));
    const known = await prolongLink(tx, about, now, expiresAt);
    if (known && this.keys.derive('link', known.key_id)) return known.id;
    const link = { id: newId(), kind: 'LINK', key_id: this.keys.currentId, strength: 'PRESENTED' } as const;
    const { recordId: record_id, configurationId: configuration_id } = about;
    await insertPass(tx, { ...link, record_id, configuration_id, hash: null, expires_at: expiresAt }, now);
    return link.id;
  }

  /** The link as it is mailed: the same text every time, whichever key is current by now. */
  async linkUrl(db: Reads, linkRowId: string): Promise<string> {
    const row = await passById(db, linkRowId);
    const token = row?.key_id && linkToken(this.keys, row.id, row.key_id);
    if (!token) throw new Error(`Link ${linkRowId} cannot be written: the key that made it is not in the key ring.`);
    return `${this.config.publicOrigin}/c/${token}`;
  }

  /** The row that a link's secret opens, however old it is; undefined when the secret was not made here. */
  async opened(db: Reads, token: string): Promise<PassRow | undefined> {
    const id = linkId(token);
    const row = id === undefined ? undefined : await passById(db, id);
    return row?.kind === 'LINK' && row.key_id && opens(this.keys, token, row.id, row.key_id) ? row : undefined;
  }

  /** Ends a link, given whole or as its secret part, at once; its row, or undefined when it was not made here. */
  async revokeLink(tx: Tx, link: string): Promise<PassRow | undefined> {
    const reading = readCode(link, this.config.publicOrigin).find((one) => one.kind === 'link');
    const row = reading && (await this.opened(tx, reading.token));
    if (!row) return undefined;
    await tx.query('UPDATE pass SET revoked_at = coalesce(revoked_at, $2) WHERE id = $1', [row.id, this.clock.now()]);
    return row;
  }
}
