import { Injectable } from '@nestjs/common';
import { Job, type Reactions } from '../platform/queue/job.js';
import { JobRegistry } from '../platform/queue/job-registry.js';
import { mostAsked } from './customers.query.js';
import { FactsService } from './facts.service.js';
import { steps } from './steps.js';

/** Whose facts to refresh; customers who changed at the same time share one job. */
export interface RefreshFacts {
  readonly customerIds?: readonly string[];
  readonly visitIds?: readonly string[];
  /** Failed together with others before. */
  readonly alone?: true;
}

/** Brings a customer's facts up to what is known of her now. */
@Injectable()
export class RefreshFactsJob extends Job<RefreshFacts> {
  readonly name = 'refresh-facts';
  readonly queue = 'customer';
  override readonly on: Reactions<RefreshFacts> = reactions();

  constructor(
    jobs: JobRegistry,
    private readonly facts: FactsService,
  ) {
    super();
    jobs.add(this);
  }

  override gather(payloads: readonly RefreshFacts[]): RefreshFacts[] {
    const alone = payloads.filter((payload) => payload.alone);
    const others = payloads.filter((payload) => !payload.alone);
    const customerIds = chunks(others.flatMap((payload) => payload.customerIds ?? []));
    const visitIds = chunks(others.flatMap((payload) => payload.visitIds ?? []));
    const together = Array.from({ length: Math.max(customerIds.length, visitIds.length) }, (_, index) => ({
      customerIds: customerIds[index] ?? [],
      visitIds: visitIds[index] ?? [],
    }));
    return [...together, ...alone];
  }

  async perform({ customerIds = [], visitIds = [] }: RefreshFacts): Promise<void> {
    await this.facts.refresh({ customerIds, visitIds });
  }
}

/** The events that any step names, and those of this room. */
function reactions(): Reactions<RefreshFacts> {
  const react = (event: { customerId?: string; visitId?: string }): { payload: RefreshFacts }[] => [
    { payload: asked(event) },
  ];
  const topics = new Set(steps.flatMap(({ on }) => on));
  return {
    ...Object.fromEntries([...topics].map((topic) => [topic, react])),
    'customers.changed': ({ customerIds }) => [{ payload: { customerIds } }],
    'facts.faltered': (event) => [{ payload: { ...asked(event), alone: true } }],
  };
}

function asked({ customerId, visitId }: { customerId?: string; visitId?: string }): RefreshFacts {
  if (customerId !== undefined && visitId === undefined) return { customerIds: [customerId] };
  return visitId === undefined ? {} : { visitIds: [visitId] };
}

function chunks(ids: readonly string[]): string[][] {
  const distinct = [...new Set(ids)];
  return Array.from({ length: Math.ceil(distinct.length / mostAsked) }, (_, index) =>
    distinct.slice(index * mostAsked, (index + 1) * mostAsked),
  );
}
