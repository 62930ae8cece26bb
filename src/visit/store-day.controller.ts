import { Controller, Get, Query, UseFilters, UseGuards } from '@nestjs/common';
import { mayReadStore, type Actor } from '../access/actor.js';
import { Allow } from '../access/allow.js';
import { CurrentActor } from '../access/current-actor.js';
import { Forbidden } from '../access/denial.js';
import { DeskGuard } from '../access/desk/desk.guard.js';
import { EnrolmentFilter } from '../access/enrolment/enrolment.filter.js';
import { unsaid } from '../shared/catalogue/sentences.js';
import { VisitsOfDay, type VisitOfDay } from './visits-of-day.query.js';

/** The manager's look at the day of a store: how long people waited and what came of it. */
@Controller('desk-api/visits')
@UseFilters(EnrolmentFilter)
@UseGuards(DeskGuard)
export class StoreDayController {
  constructor(private readonly visits: VisitsOfDay) {}

  /** Today's visits of a store, the latest first. */
  @Get()
  @Allow('STORE_MANAGER', 'ADMIN')
  today(@CurrentActor() manager: Actor, @Query('storeId') storeId: string): Promise<VisitOfDay[]> {
    if (!mayReadStore(manager, storeId)) throw new Forbidden(unsaid('access.store-elsewhere', {}));
    return this.visits.today(storeId);
  }
}
