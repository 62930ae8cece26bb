import { Args, Context, ID, Resolver, Subscription } from '@nestjs/graphql';
import type { WebSocket } from 'ws';
import { mayReadStore, type Actor } from '../access/actor.js';
import { Allow } from '../access/allow.js';
import { CurrentActor } from '../access/current-actor.js';
import { Forbidden } from '../access/denial.js';
import { OpenSockets } from '../access/open-sockets.js';
import { unsaid } from '../shared/catalogue/sentences.js';
import { Clock } from '../shared/clock.js';
import { Arrival } from './arrival.view.js';
import type { ArrivalStream } from './arrival-stream.js';
import { ArrivalsService } from './arrivals.service.js';

/** Tells tablets what happens in their store. */
@Resolver(() => Arrival)
export class ArrivalsResolver {
  constructor(
    private readonly arrivals: ArrivalsService,
    private readonly clock: Clock,
    private readonly sockets: OpenSockets,
  ) {}

  @Subscription(() => Arrival, {
    name: 'arrivals',
    description:
      'Arrivals and changes of one store. Without after: from now. A cursor older than the feed keeps (7 days): error CURSOR_TOO_OLD, reload the board.',
  })
  @Allow('TABLET', 'ASSOCIATE', 'STORE_MANAGER', 'SERVICE', 'FINANCE')
  follow(
    @Args('storeId', { type: () => ID }) storeId: string,
    @Args('after', { type: () => String, nullable: true }) after: string | null | undefined,
    @CurrentActor() actor: Actor,
    @Context() { socket }: { socket?: WebSocket },
  ): Promise<ArrivalStream> {
    if (!mayReadStore(actor, storeId)) {
      throw new Forbidden(unsaid('access.not-that-store', {}));
    }
    return this.arrivals.follow(storeId, after ?? undefined, {
      mayGoOn: () => actor.expiresAt === null || actor.expiresAt > this.clock.now(),
      isAllowed: async () => !socket || this.sockets.confirm(socket, actor),
      tooSlow: () => socket?.terminate(),
    });
  }
}
