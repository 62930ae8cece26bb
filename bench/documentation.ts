import 'reflect-metadata';
import { join } from 'node:path';
import {
  type CanActivate,
  Controller,
  type ExecutionContext,
  Get,
  Injectable,
  Module,
  UseGuards,
  ValidationPipe,
} from '@nestjs/common';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { NestFactory } from '@nestjs/core';
import {
  Args,
  Context,
  GqlExecutionContext,
  GraphQLModule,
  Parent,
  Query,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { InjectRepository, TypeOrmModule } from '@nestjs/typeorm';
import { GraphQLCurrency, GraphQLDateTime, GraphQLSafeInt } from 'graphql-scalars';
import { LessThan, In, type Repository } from 'typeorm';
import type { Actor } from '../src/access/actor.js';
import { Store } from '../src/access/store.entity.js';
import { Staff } from '../src/access/staff.entity.js';
import { hashToken } from '../src/access/token.js';
import type { ConfigurationRow } from '../src/briefing/configuration.row.js';
import type { ContextRow, FactRow } from '../src/briefing/context.row.js';
import { mayReadContext, permitted } from '../src/briefing/context.rules.js';
import { presentContext } from '../src/briefing/present.rules.js';
import type { VisitorContext } from '../src/briefing/visitor-context.view.js';
import { steps } from '../src/enrichment/steps.js';
import { newId } from '../src/shared/ids.js';
import { presentRecognition } from '../src/visit/recognition.present.js';
import type { Recognition } from '../src/visit/recognition.view.js';
import * as related from './related.entities.js';

interface Caller {
  readonly headers: { readonly authorization?: string };
  actor: Actor;
}

/** Looks up who asks, as the page on authentication shows it. */
@Injectable()
class AuthGuard implements CanActivate {
  constructor(@InjectRepository(related.Token) private readonly tokens: Repository<related.Token>) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { req } = GqlExecutionContext.create(context).getContext<{ req: Caller }>();
    const hash = hashToken(req.headers.authorization?.split(' ')[1] ?? '');
    const token = await this.tokens.findOne({ where: { hash }, relations: { tablet: { store: true } } });
    if (!token || token.revokedAt || token.expiresAt < new Date() || !token.tablet) return false;
    const { id, storeId, store } = token.tablet;
    const rights = { roles: ['ASSOCIATE' as const], storeIds: [storeId], asserts: false, expiresAt: token.expiresAt };
    req.actor = {
      kind: 'TABLET',
      id,
      tokenId: token.id,
      tabletId: id,
      address: '',
      language: store.language,
      ...rights,
    };
    return true;
  }
}

/** The visit with its relations joined, and the fields that are not columns as field resolvers. */
@Resolver('Visit')
class VisitResolver {
  constructor(
    @InjectRepository(related.Visit) private readonly visits: Repository<related.Visit>,
    @InjectRepository(Store) private readonly stores: Repository<Store>,
    @InjectRepository(related.Audit) private readonly audit: Repository<related.Audit>,
  ) {}

  @Query('visit')
  @UseGuards(AuthGuard)
  async visit(@Args('id') id: string, @Context('req') { actor }: Caller): Promise<related.Visit | null> {
    const visit = await this.visits.findOne({
      where: { id },
      relations: {
        store: true,
        associate: true,
        recognised: { customer: { facts: true, memberships: { configurations: true, consents: true } } },
      },
    });
    return visit && actor.storeIds.includes(visit.storeId) ? visit : null;
  }

  @ResolveField('recognition')
  recognition(@Parent() visit: related.Visit, @Context('req') { actor }: Caller): Recognition {
    return presentRecognition({ ...visit, candidates: [] }, actor.language);
  }

  @ResolveField('context')
  async context(@Parent() visit: related.Visit, @Context('req') { actor }: Caller): Promise<VisitorContext | null> {
    const row = await this.rowOf(visit);
    if (!mayReadContext(actor, row, visit.state)) return null;
    const now = new Date();
    const { id: visitId, storeId } = visit;
    const fields = ['customer', 'headline', 'configurations', 'activity', 'ownedProducts', 'purchases'];
    const entry = { id: newId(), at: now, action: 'visit.context.read', actorKind: actor.kind, actorId: actor.id };
    await this.audit.insert({ ...entry, tabletId: actor.id, storeId, customerId: row.customerId, visitId, fields });
    const reader = { locale: actor.language, timeZone: row.timeZone };
    return presentContext(row, permitted(actor, row), reader, steps, now);
  }

  private async rowOf(visit: related.Visit): Promise<ContextRow> {
    const customer = visit.recognised?.customer;
    const memberships = customer?.memberships ?? [];
    const past = await this.visits.findOne({
      where: { recordId: In(memberships.map((one) => one.recordId)), state: 'COMPLETED', day: LessThan(visit.day) },
      relations: { seen: true },
      order: { endedAt: 'DESC' },
    });
    const facts = customer?.facts.filter((fact) => fact.separations === customer.separations) ?? [];
    const profile = facts.find(({ step }) => step === 'profile')?.payload as
      { homeStore?: { value: string } } | undefined;
    const home = profile?.homeStore && (await this.stores.findOneBy({ code: profile.homeStore.value }));
    const { store, recognised: _, seen: __, ...plain } = visit;
    return {
      ...plain,
      ...{ visitId: visit.id, timeZone: store.timeZone, customerId: customer?.id ?? null },
      ...{ homeStore: home || null, ownAssociate: null, alike: null, together: null },
      facts: facts.map((fact) => {
        const current = fact.inputVersion === customer?.version;
        return [fact.step, fact.state, current, Number(fact.computedAt), fact.payload] as unknown as FactRow;
      }),
      consents: memberships.flatMap(({ consents }) =>
        consents.map((one) => [one.purpose, one.channel, one.granted, Number(one.at)] as const),
      ),
      configurations: configurationsOf(visit, past?.seen ?? []),
    };
  }
}

/** The presented one first, then the newest, each with what she saw of it last. */
function configurationsOf({ configurationId, recognised }: related.Visit, seen: related.Seen[]): ConfigurationRow[] {
  const hers = recognised?.customer.memberships.flatMap((one) => one.configurations) ?? [];
  const presented = (one: related.Configuration): number => Number(one.id === configurationId);
  hers.sort((a, b) => presented(b) - presented(a) || Number(b.lastEditedAt) - Number(a.lastEditedAt));
  return hers.map((one) => {
    const last = seen.find((each) => each.configurationId === one.id);
    return {
      ...one,
      total: { amountMinor: one.totalMinor, currency: one.currency },
      startedAt: one.startedAt.toISOString(),
      lastEditedAt: one.lastEditedAt.toISOString(),
      seen: last && { ...last, total: { amountMinor: Number(last.totalMinor), currency: last.currency } },
    } as unknown as ConfigurationRow;
  });
}

@Controller('health/ready')
class HealthController {
  @Get()
  ready(): { status: string } {
    return { status: 'ok' };
  }
}

const entities = [...related.entities, Store, Staff];

@Module({
  imports: [
    GraphQLModule.forRoot<ApolloDriverConfig>({
      driver: ApolloDriver,
      typePaths: [join(import.meta.dirname, '../../schema.graphql')],
      resolvers: { DateTime: GraphQLDateTime, SafeInt: GraphQLSafeInt, Currency: GraphQLCurrency },
      resolverValidationOptions: { requireResolversForResolveType: 'ignore' },
    }),
    TypeOrmModule.forRoot({
      type: 'postgres',
      url: process.env['DATABASE_URL'] ?? '',
      entities,
      extra: { max: 10, idleTimeoutMillis: 300_000 },
      synchronize: false,
    }),
    TypeOrmModule.forFeature(entities),
  ],
  controllers: [HealthController],
  providers: [AuthGuard, VisitResolver],
})
class DocumentationModule {}

/**
 * The same API as NestJS's documentation would have it: Apollo on Express, the schema first, a guard that looks the token up, one
 * repository call that joins the relations, field resolvers. What is read from the relations is worded by the product's own rules.
 */
const app = await NestFactory.create(DocumentationModule, { logger: ['error'] });
app.useGlobalPipes(new ValidationPipe());
app.enableShutdownHooks();
await app.listen(Number(process.env['PORT']), '127.0.0.1');
