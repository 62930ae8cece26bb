import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '../access/actor.js';
import { Forbidden } from '../access/denial.js';
import { IdentityService } from '../identity/identity.service.js';
import { sourceKind } from '../ingest/source-kinds.js';
import { Transactions, type Tx } from '../platform/database/transactions.js';
import { Idempotency } from '../platform/idempotency/idempotency.js';
import { KeyReusedDifferently } from '../platform/idempotency/key-reused-differently.js';
import { after, Clock, days } from '../shared/clock.js';
import { CONFIG, type Config } from '../shared/config.js';
import { newId } from '../shared/ids.js';
import { Keys } from '../shared/keys.js';
import { linkToken } from './link-token.js';
import { insertPass } from './pass.query.js';
import { walletName } from './wallet-code.rules.js';
import { walletObject } from './wallet-object.js';
import { walletSaveUrl } from './wallet-save-url.js';
import { walletSecret } from './wallet-secret.js';
import { walletById } from './wallet.query.js';
import { MemberUnknown, type IssueWalletPassInput, type WalletPass } from './wallet.view.js';

/** A wallet pass is a card: it lasts until it is revoked, or for ten years. */
const lastsFor = days(3653);

/** Makes wallet passes for members whom a shop's server has signed in. */
@Injectable()
export class WalletPasses {
  constructor(
    private readonly transactions: Transactions,
    private readonly idempotency: Idempotency,
    private readonly identity: IdentityService,
    private readonly clock: Clock,
    private readonly keys: Keys,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** A pass for a member; a repeated key gives the same one. @throws Forbidden to all but servers that know members. */
  async issue(
    { idempotencyKey: key, loyaltyId }: IssueWalletPassInput,
    { source, asserts }: Actor,
  ): Promise<WalletPass | MemberUnknown | KeyReusedDifferently> {
    if (!source || !asserts || !sourceKind(source.kind).asserts.includes('loyalty')) {
      throw new Forbidden('Wallet passes verify: only the server key of a source that knows members may ask for one.');
    }
    return this.transactions.run(async (tx) => {
      const request = { operation: 'issueWalletPass', scope: source.id, key, input: { loyaltyId } };
      const claim = await this.idempotency.claim(tx, request);
      if (claim.state === 'reused') return new KeyReusedDifferently();
      if (claim.state === 'replay') return this.answer(tx, claim.result['passId'] as string, loyaltyId);
      const recordId = await this.memberBy(tx, loyaltyId);
      if (recordId === undefined) {
        await this.idempotency.release(tx, claim);
        return new MemberUnknown();
      }
      const passId = await this.make(tx, recordId);
      await this.idempotency.remember(tx, claim, 'WalletPass', { passId });
      return this.answer(tx, passId, loyaltyId);
    });
  }

  /** The record of the one customer of whom this number is asserted. */
  private async memberBy(tx: Tx, loyaltyId: string): Promise<string | undefined> {
    const found = await this.identity.find(tx, [{ kind: 'loyalty', value: loyaltyId }], { assertedOnly: true });
    const bearers = found.filter(({ state }) => state !== 'generic');
    const customers = new Set(bearers.map(({ customerId }) => customerId));
    return customers.size === 1 ? bearers[0]?.recordId : undefined;
  }

  private async make(tx: Tx, recordId: string): Promise<string> {
    const now = this.clock.now();
    const pass = { id: newId(), kind: 'WALLET', key_id: this.keys.currentId, strength: 'VERIFIED' } as const;
    const about = { record_id: recordId, configuration_id: null, hash: null, expires_at: after(now, lastsFor) };
    await insertPass(tx, { ...pass, ...about }, now);
    return pass.id;
  }

  private async answer(tx: Tx, passId: string, loyaltyId: string): Promise<WalletPass> {
    const row = await walletById(tx, passId);
    const secret = row && walletSecret(this.keys, row.id, row.key_id);
    const token = row && linkToken(this.keys, row.id, row.key_id, 'wallet-page');
    if (!secret || !token) {
      throw new Error(`Wallet pass ${passId} cannot be written: the key that made it is not in the key ring.`);
    }
    const revoked = row.revoked_at !== null;
    const issuer = this.config.googleWalletIssuer;
    const googleWalletObject = walletObject({ id: row.id, secret, loyaltyId, revoked, issuer });
    return {
      id: walletName(row.id),
      googleWalletObject,
      saveUrl: await walletSaveUrl(this.config, googleWalletObject, row.issued_at),
      pageUrl: `${this.config.publicOrigin}/w/${token}`,
    };
  }
}
