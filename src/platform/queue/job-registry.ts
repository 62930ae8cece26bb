import { Injectable } from '@nestjs/common';
import type { Events, Topic } from '../outbox/events.js';
import type { Job, Scheduled } from './job.js';

/** A job to be queued. */
export interface Planned extends Scheduled<object> {
  readonly job: Job;
}

/** An event as the outbox kept it. */
export interface Happened<T extends Topic = Topic> {
  readonly topic: T;
  readonly payload: Events[T];
}

/** Every job of this process, by name and by the events that schedule it. */
@Injectable()
export class JobRegistry {
  private readonly byName = new Map<string, Job>();

  /** Registers a job. @throws when its name is taken. */
  add<Payload extends object>(job: Job<Payload>): void {
    const known = job as unknown as Job;
    if (this.byName.has(known.name)) throw new Error(`Two jobs are called "${known.name}"; give one another name.`);
    this.byName.set(known.name, known);
  }

  /** The job of that name. @throws when there is none. */
  get(name: string): Job {
    const job = this.byName.get(name);
    if (!job)
      throw new Error(
        `No job is called "${name}"; the process that queued it knows more than this one. Deploy workers first.`,
      );
    return job;
  }

  /** Whether there is a job of that name. */
  has(name: string): boolean {
    return this.byName.has(name);
  }

  /** Every registered job. */
  all(): Job[] {
    return [...this.byName.values()];
  }

  /** What follows from events; those of all topics that schedule a job are gathered together. */
  plan(events: readonly Happened[]): Planned[] {
    const planned: Planned[] = [];
    for (const job of this.byName.values()) {
      const scheduled = events.flatMap(({ topic, payload }) => job.on[topic]?.(payload as never) ?? []);
      if (!job.gather) planned.push(...scheduled.map((one) => ({ ...one, job })));
      else if (scheduled.length > 0)
        planned.push(...job.gather(scheduled.map((one) => one.payload)).map((payload) => ({ payload, job })));
    }
    return planned;
  }
}
