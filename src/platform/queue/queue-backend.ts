import {
  createRedisBackend,
  Queue,
  Worker,
  type BulkJobOptions,
  type JobType,
  type Processor,
  type WorkerOptions,
} from 'bullmq';
import type { Cluster, Redis } from 'ioredis';
import type { Pool } from 'pg';
import { isUnavailable } from '../database/unavailable.js';
import { createPatientBackend } from './patient-backend.js';

/** What BullMQ stands on: one pool with `search_path=bullmq`, or one Redis connection. */
export type QueueConnection = { readonly pool: Pool } | { readonly redis: Redis | Cluster };

/** Injection token of the queue's connection. */
export const QUEUE_CONNECTION = Symbol('QueueConnection');

/** Whether the log knows already: of a Redis that is away its connection tells once, for all queues and workers. */
export function isTold(error: Error, connection: QueueConnection): boolean {
  return 'redis' in connection && isUnavailable(error);
}

/** A job as BullMQ takes it. */
export interface QueuedJob {
  readonly name: string;
  readonly data: object;
  readonly opts: BulkJobOptions;
}

/** The part of BullMQ's queue that Foyer uses, alike on both back ends. */
export interface AnyQueue {
  add(name: string, data: object, opts: BulkJobOptions): Promise<unknown>;
  addBulk(jobs: QueuedJob[]): Promise<unknown>;
  getJobCounts(...types: JobType[]): Promise<Record<string, number>>;
  on(event: 'error', listener: (error: Error) => void): unknown;
  close(): Promise<void>;
}

/** The part of BullMQ's worker that Foyer uses, alike on both back ends. */
export interface AnyWorker {
  on(event: 'error', listener: (error: Error) => void): unknown;
  close(): Promise<void>;
}

type Tuning = Omit<WorkerOptions, 'connection' | 'prefix'>;

/** Opens a queue. Redis keys share one hash slot, so that a cluster can run the queue's scripts. */
export function openQueue(name: string, connection: QueueConnection): AnyQueue {
  if ('pool' in connection) return new Queue(name, { connection: connection.pool }, createPatientBackend);
  return new Queue(name, { connection: connection.redis, prefix: '{foyer}' }, createRedisBackend);
}

/** Starts a worker on a queue. */
export function openWorker(name: string, processor: Processor, connection: QueueConnection, tuning: Tuning): AnyWorker {
  if ('pool' in connection)
    return new Worker(name, processor, { ...tuning, connection: connection.pool }, createPatientBackend);
  return new Worker(
    name,
    processor,
    { ...tuning, connection: connection.redis, prefix: '{foyer}' },
    createRedisBackend,
  );
}
