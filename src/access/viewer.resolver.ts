import { Query, Resolver } from '@nestjs/graphql';
import { DataSource } from 'typeorm';
import type { Actor } from './actor.js';
import { Allow } from './allow.js';
import { CurrentActor } from './current-actor.js';
import { Staff } from './staff.entity.js';
import { Store } from './store.entity.js';
import { Viewer } from './viewer.js';

/** Tells a tablet whose hand it is in. */
@Resolver(() => Viewer)
export class ViewerResolver {
  constructor(private readonly dataSource: DataSource) {}

  @Query(() => Viewer, { description: 'Who is asking.' })
  @Allow('TABLET', 'STAFF')
  async viewer(@CurrentActor() actor: Actor): Promise<Viewer> {
    const [storeId, second] = actor.storeIds;
    const [associate, store] = await Promise.all([
      actor.staffId === undefined ? null : this.dataSource.manager.findOneBy(Staff, { id: actor.staffId }),
      storeId === undefined || second !== undefined ? null : this.dataSource.manager.findOneBy(Store, { id: storeId }),
    ]);
    return { associate, store, roles: actor.roles, locale: actor.language };
  }
}
