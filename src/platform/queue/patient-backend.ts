import { setTimeout as pause } from 'node:timers/promises';
import {
  createPostgresBackend,
  type BackendFactory,
  type PostgresConnection,
  type PostgresConnectionOptions,
  type PostgresQueueBackend,
} from 'bullmq';

/** Milliseconds after which a database that did not answer is asked again. */
const patience = 500;

/**
 * BullMQ on PostgreSQL, patient with a database that is away. As shipped (6.7.0) a connection that could not be opened once stays
 * refused for ever, and a worker asks it again without a breath, so that its process does nothing else any more.
 */
export const createPatientBackend: BackendFactory<PostgresQueueBackend, PostgresConnectionOptions> = (...args) => {
  const backend = createPostgresBackend(...args);
  beReadyAnew(backend.connection);
  const asks = backend as unknown as { query: (text: string, parameters?: unknown[]) => Promise<unknown> };
  const query = asks.query.bind(backend);
  asks.query = async (text, parameters) => {
    try {
      return await query(text, parameters);
    } catch (error) {
      await pause(patience, undefined, { ref: false });
      throw error;
    }
  };
  return backend;
};

/** Forgets a readiness that failed, so that the next call tries again. */
function beReadyAnew(connection: PostgresConnection): void {
  const memory = connection as unknown as { readyPromise: Promise<void> | undefined };
  const wait = connection.waitUntilReady.bind(connection);
  connection.waitUntilReady = async () => {
    try {
      await wait();
    } catch (error) {
      memory.readyPromise = undefined;
      throw error;
    }
  };
}
