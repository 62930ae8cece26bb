import type { Events, Topic } from '../outbox/events.js';

/** The queues there are: what came in, and what becomes of a customer's facts. */
export const queueNames = ['intake', 'customer'] as const;
/** The name of a queue. */
export type QueueName = (typeof queueNames)[number];

/** One job to be queued because of an event. */
export interface Scheduled<Payload> {
  readonly payload: Payload;
  /** Jobs with the same id wait as one; while one runs, one more may wait. */
  readonly deduplicateBy?: string;
  /** Lower is sooner; the event's priority unless given. */
  readonly priority?: number;
}

/** For each event that a job reacts to: which jobs follow from one payload. */
export type Reactions<Payload> = {
  readonly [T in Topic]?: (event: Events[T]) => readonly Scheduled<Payload>[];
};

/**
 * Queued work in a file of its own. Payloads hold ids and only grow; `perform` reloads, and may run twice.
 * A subclass is an injectable that registers itself with `JobRegistry.add(this)` in its constructor.
 */
export abstract class Job<Payload extends object = object> {
  /** Imperative, kebab-case: `refresh-facts`. */
  abstract readonly name: string;
  abstract readonly queue: QueueName;
  /** Events that schedule this job. */
  readonly on: Reactions<Payload> = {};
  /** How often a failing job is tried before it becomes a dead letter. */
  readonly attempts: number = 5;
  /** How many events of one topic may be given to the job together; 1 unless it says how to gather them. */
  gather?(payloads: readonly Payload[]): readonly Payload[];
  /** What there is to do of a payload, asked before it is queued: a job that has nothing to do costs no queue. Reads only. */
  narrow?(payload: Payload): Promise<Payload | undefined>;
  /** Runs in milliseconds between two runs of its own accord; absent when only events schedule it. */
  readonly every?: number;

  abstract perform(payload: Payload): Promise<void>;
}
