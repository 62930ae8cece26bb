import './access.policies.js';
import { Global, Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { Doorkeeper, SchemaWarden, SocketWatch } from '../platform/graphql/context.js';
import { AccessGuard } from './access.guard.js';
import { AllowCheck } from './allow-check.js';
import { Audit } from './audit.js';
import { DeskController } from './desk/desk.controller.js';
import { StoreDesk } from './desk/store-desk.js';
import { Devices } from './enrolment/devices.js';
import { Shifts } from './enrolment/shifts.js';
import { TabletController } from './enrolment/tablet.controller.js';
import { FieldPolicies } from './field-policies.js';
import { OpenSockets } from './open-sockets.js';
import { Tokens } from './tokens.js';
import { UserSignatures } from './user-signatures.js';
import { ViewerResolver } from './viewer.resolver.js';

/** Who may do what; every other room uses it, so it is global. */
@Global()
@Module({
  imports: [DiscoveryModule],
  controllers: [DeskController, TabletController],
  providers: [
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: Doorkeeper, useExisting: Tokens },
    { provide: SchemaWarden, useExisting: FieldPolicies },
    { provide: SocketWatch, useExisting: OpenSockets },
    AllowCheck,
    Audit,
    Devices,
    FieldPolicies,
    OpenSockets,
    Shifts,
    StoreDesk,
    Tokens,
    UserSignatures,
    ViewerResolver,
  ],
  exports: [Audit, Doorkeeper, OpenSockets, SchemaWarden, SocketWatch, Tokens, UserSignatures],
})
export class AccessModule {}
