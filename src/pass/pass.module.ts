import './pass.policies.js';
import './wallet.policies.js';
import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/identity.module.js';
import { Attempts } from './attempts.js';
import { Door } from './door.js';
import { Passes } from './passes.js';
import { ShortCodes } from './short-codes.js';
import { TidyPassesJob } from './tidy-passes.job.js';
import { WalletDoor } from './wallet-door.js';
import { WalletPages } from './wallet-pages.js';
import { WalletPasses } from './wallet-passes.js';
import { WalletResolver } from './wallet.resolver.js';

/** What a customer can show, and what it is worth at the door. */
@Module({
  imports: [IdentityModule],
  providers: [Attempts, Door, Passes, ShortCodes, TidyPassesJob, WalletDoor, WalletPages, WalletPasses, WalletResolver],
  exports: [Attempts, Door, Passes, ShortCodes],
})
export class PassModule {}
