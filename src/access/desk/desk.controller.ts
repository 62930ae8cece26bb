import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { unsaid } from '../../shared/catalogue/sentences.js';
import { Clock, after, hours } from '../../shared/clock.js';
import { CONFIG, type Config } from '../../shared/config.js';
import type { Actor } from '../actor.js';
import { Allow } from '../allow.js';
import { credentialsOf } from '../credentials.js';
import { CurrentActor } from '../current-actor.js';
import { Forbidden } from '../denial.js';
import type { IssuedEnrolCode } from '../enrolment/enrol-codes.js';
import { EnrolmentFilter } from '../enrolment/enrolment.filter.js';
import type { Role } from '../role.js';
import { Tokens } from '../tokens.js';
import { DeskGuard } from './desk.guard.js';
import { PinInput, SignInInput, TabletInput, WhichTabletInput } from './desk.input.js';
import { setCookie } from './session-cookie.js';
import { StoreDesk, type DeskStore } from './store-desk.js';

/** A day at the desk. */
const longest = hours(10);

/** Signing in at the desk, and the manager's page. Reads are GET, so that whatever changes something names its origin. */
@Controller('desk-api')
@UseFilters(EnrolmentFilter)
@UseGuards(DeskGuard)
export class DeskController {
  constructor(
    private readonly tokens: Tokens,
    private readonly desk: StoreDesk,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Trades a staff token for a cookie that scripts cannot read. */
  @Post('session')
  @Allow('PUBLIC')
  @HttpCode(200)
  async signIn(
    @Body() { token }: SignInInput,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ roles: readonly Role[] }> {
    const actor = await this.tokens.recognise({ ...credentialsOf(request), authorization: `Bearer ${token.trim()}` });
    if (actor.kind !== 'STAFF' || actor.tabletId !== undefined) {
      throw new Forbidden(unsaid('access.staff-token-needed', {}));
    }
    const until = after(this.clock.now(), longest);
    const ends = actor.expiresAt !== null && actor.expiresAt < until ? actor.expiresAt : until;
    reply.header('set-cookie', setCookie(token.trim(), ends, this.config.publicOrigin.startsWith('https:')));
    return { roles: actor.roles };
  }

  /** Forgets the cookie; the token itself stays good until it is revoked. */
  @Delete('session')
  @Allow('PUBLIC')
  @HttpCode(204)
  signOut(@Res({ passthrough: true }) reply: FastifyReply): void {
    reply.header('set-cookie', setCookie(null, this.clock.now(), this.config.publicOrigin.startsWith('https:')));
  }

  /** Who is signed in. */
  @Get('session')
  @Allow('STAFF')
  session(@CurrentActor() { roles }: Actor): { roles: readonly Role[] } {
    return { roles };
  }

  @Get('stores')
  @Allow('STORE_MANAGER', 'ADMIN')
  stores(@CurrentActor() manager: Actor): Promise<DeskStore[]> {
    return this.desk.stores(manager);
  }

  @Post('pin')
  @Allow('STORE_MANAGER', 'ADMIN')
  @HttpCode(204)
  setPin(@CurrentActor() manager: Actor, @Body() { staffId, pin }: PinInput): Promise<void> {
    return this.desk.setPin(manager, staffId, pin);
  }

  @Post('tablets')
  @Allow('STORE_MANAGER', 'ADMIN')
  addTablet(@CurrentActor() manager: Actor, @Body() { storeId, name }: TabletInput): Promise<IssuedEnrolCode> {
    return this.desk.addTablet(manager, storeId, name);
  }

  @Post('tablets/code')
  @Allow('STORE_MANAGER', 'ADMIN')
  codeFor(@CurrentActor() manager: Actor, @Body() { tabletId }: WhichTabletInput): Promise<IssuedEnrolCode> {
    return this.desk.codeFor(manager, tabletId);
  }

  @Post('tablets/lost')
  @Allow('STORE_MANAGER', 'ADMIN')
  @HttpCode(204)
  lose(@CurrentActor() manager: Actor, @Body() { tabletId }: WhichTabletInput): Promise<void> {
    return this.desk.lose(manager, tabletId);
  }
}
