import './visit.policies.js';
import { Module } from '@nestjs/common';
import { ConfiguratorModule } from '../configurator/configurator.module.js';
import { CustomerModule } from '../customer/customer.module.js';
import { IdentityModule } from '../identity/identity.module.js';
import { PassModule } from '../pass/pass.module.js';
import { Admission } from './admission.js';
import { Announcements } from './announcements.js';
import { AnnouncementResolver } from './announcement.resolver.js';
import { Bonds } from './bonds.js';
import { CandidateSeal } from './candidate-seal.js';
import { CheckInService } from './check-in.service.js';
import { CloseVisitsJob } from './close-visits.job.js';
import { FarewellResolver } from './farewell.resolver.js';
import { FarewellService } from './farewell.service.js';
import { Feed } from './feed.js';
import { FrontDesk } from './front-desk.js';
import { IdentifyResolver } from './identify.resolver.js';
import { IdentifyService } from './identify.service.js';
import { LookUpLimit } from './look-up-limit.js';
import { LookUpService } from './look-up.service.js';
import { Naming } from './naming.js';
import { Once } from './once.js';
import { PassDesk } from './pass-desk.js';
import { PassAlarm } from './pass-alarm.js';
import { PossibleMatchResolver } from './possible-match.resolver.js';
import { PossibleMatches } from './possible-match.service.js';
import { Recogniser } from './recogniser.js';
import { StoreDayController } from './store-day.controller.js';
import { VisitJournal } from './visit.journal.js';
import { VisitPresence } from './visit-presence.js';
import { VisitStays } from './visit-stays.js';
import { VisitQuery } from './visit.query.js';
import { VisitResolver } from './visit.resolver.js';
import { VisitService } from './visit.service.js';
import { VisitSteps } from './visit.steps.js';
import { VisitsOfDay } from './visits-of-day.query.js';

/** The stay in a store: check-in, recognition, the steps of a visit, the farewell, the feed of each store. */
@Module({
  imports: [IdentityModule, CustomerModule, PassModule, ConfiguratorModule],
  controllers: [StoreDayController],
  providers: [
    Admission,
    AnnouncementResolver,
    Announcements,
    Bonds,
    CandidateSeal,
    CheckInService,
    CloseVisitsJob,
    FarewellResolver,
    FarewellService,
    Feed,
    FrontDesk,
    IdentifyResolver,
    IdentifyService,
    LookUpLimit,
    LookUpService,
    Naming,
    Once,
    PassAlarm,
    PassDesk,
    PossibleMatchResolver,
    PossibleMatches,
    Recogniser,
    VisitJournal,
    VisitPresence,
    VisitQuery,
    VisitResolver,
    VisitService,
    VisitStays,
    VisitSteps,
    VisitsOfDay,
  ],
  exports: [Feed, VisitQuery],
})
export class VisitModule {}
