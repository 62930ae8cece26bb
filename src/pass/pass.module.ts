import './pass.policies.js';
import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/identity.module.js';
import { Attempts } from './attempts.js';
import { Door } from './door.js';
import { Passes } from './passes.js';
import { ShortCodes } from './short-codes.js';
import { TidyPassesJob } from './tidy-passes.job.js';

/** What a customer can show, and what it is worth at the door. */
@Module({
  imports: [IdentityModule],
  providers: [Attempts, Door, Passes, ShortCodes, TidyPassesJob],
  exports: [Attempts, Door, Passes, ShortCodes],
})
export class PassModule {}
