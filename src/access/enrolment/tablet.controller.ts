import { Body, Controller, HttpCode, Post, UseFilters } from '@nestjs/common';
import type { Actor } from '../actor.js';
import { Allow } from '../allow.js';
import { CurrentActor } from '../current-actor.js';
import { Devices } from './devices.js';
import { EnrolmentFilter } from './enrolment.filter.js';
import { ChallengeInput, EnrolInput, ShiftInput, TokenInput } from './enrolment.input.js';
import { Shifts, type Colleague } from './shifts.js';

/** A token as a tablet gets it. */
interface Told {
  readonly token: string;
  readonly expiresAt: Date;
}

/** What a tablet does before it may ask the API anything: enrol, prove itself, open a shift. */
@Controller('tablet')
@UseFilters(EnrolmentFilter)
export class TabletController {
  constructor(
    private readonly devices: Devices,
    private readonly shifts: Shifts,
  ) {}

  /** Once: the manager's code for an enrolment under the device's own key. */
  @Post('enrol')
  @Allow('PUBLIC')
  @HttpCode(200)
  async enrol(@Body() { code, publicKey }: EnrolInput): Promise<{ tabletId: string }> {
    return { tabletId: await this.devices.enrol(code, publicKey) };
  }

  /** Something to sign. */
  @Post('challenge')
  @Allow('PUBLIC')
  @HttpCode(200)
  challenge(@Body() { tabletId }: ChallengeInput): { challenge: string } {
    return { challenge: this.devices.challenge(tabletId) };
  }

  /** A short token for the signature. */
  @Post('token')
  @Allow('PUBLIC')
  @HttpCode(200)
  async token(@Body() { tabletId, challenge, signature }: TokenInput): Promise<Told> {
    const { token, expiresAt } = await this.devices.token(tabletId, challenge, signature);
    return { token, expiresAt };
  }

  /** Who may open a shift here. */
  @Post('colleagues')
  @Allow('TABLET')
  @HttpCode(200)
  colleagues(@CurrentActor() tablet: Actor): Promise<Colleague[]> {
    return this.shifts.colleagues(tablet);
  }

  /** A shift, by PIN. */
  @Post('shift')
  @Allow('TABLET')
  @HttpCode(200)
  async open(@CurrentActor() tablet: Actor, @Body() { staffId, pin }: ShiftInput): Promise<Told> {
    const { token, expiresAt } = await this.shifts.open(tablet, staffId, pin);
    return { token, expiresAt };
  }

  /** The tablet is locked or put down. */
  @Post('shift/end')
  @Allow('STAFF')
  @HttpCode(204)
  async end(@CurrentActor() staff: Actor): Promise<void> {
    await this.shifts.end(staff);
  }
}
