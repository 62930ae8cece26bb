import { Injectable } from '@nestjs/common';
import type { Actor } from '../access/actor.js';
import { LockedOut } from '../pass/locked-out.js';
import { Attempts, guessersOf } from '../pass/attempts.js';
import { LinkUnknown, type TooManyAttempts } from '../pass/pass-refusals.js';
import type { PassRenewed } from '../pass/pass.view.js';
import { Passes } from '../pass/passes.js';
import { judgeRow } from '../pass/verdict.rules.js';
import { Database } from '../platform/database/database.js';
import { say } from '../shared/catalogue/say.js';
import { Clock } from '../shared/clock.js';
import { configurationById } from './configuration.query.js';
import { CustomerPage } from './customer-page.view.js';

interface Opened {
  readonly recordId: string;
  readonly configurationId: string;
}

/** The customer's own page: whoever has the link may see the configuration and show a pass for it. */
@Injectable()
export class CustomerPages {
  constructor(
    private readonly database: Database,
    private readonly passes: Passes,
    private readonly attempts: Attempts,
    private readonly clock: Clock,
  ) {}

  /** The page behind a link; null when the link is nobody's, has ended or was revoked. @throws when too many were unknown. */
  async page(link: string, actor: Actor): Promise<CustomerPage | null> {
    const opened = await this.open(link, actor);
    if (opened === undefined) return null;
    if ('code' in opened) throw new LockedOut(opened);
    const configuration = await configurationById(this.database, opened.configurationId);
    if (!configuration) return null;
    const model = configuration.modelLabel ?? configuration.model;
    return new CustomerPage(configuration, say(actor.language, 'page.greeting', { model }));
  }

  /** A fresh pass for the page. A link can be forwarded, so what it makes is never more than presented. */
  async renewPass(link: string, actor: Actor): Promise<PassRenewed | LinkUnknown | TooManyAttempts> {
    const opened = await this.open(link, actor);
    if (opened === undefined) return new LinkUnknown();
    if ('code' in opened) return opened;
    return { pass: await this.passes.issue(this.database, { ...opened, strength: 'PRESENTED' }) };
  }

  private async open(link: string, actor: Actor): Promise<Opened | TooManyAttempts | undefined> {
    const now = this.clock.now();
    const guessers = guessersOf(actor);
    const barred = await this.attempts.refusal(this.database, guessers, now);
    if (barred) return barred;
    const row = await this.passes.opened(this.database, tokenOf(link));
    const verdict = row && judgeRow(row, now);
    if (verdict?.state === 'known' && verdict.configurationId !== null) {
      return { recordId: verdict.recordId, configurationId: verdict.configurationId };
    }
    return row ? undefined : this.attempts.miss(this.database, guessers, now);
  }
}

/** The secret part of a link, whether all of the link was given or only that. */
function tokenOf(link: string): string {
  return link.trim().split('/').at(-1) ?? '';
}
