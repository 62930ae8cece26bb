import type { ClientBase } from 'pg';
import { DataSource, type DataSourceOptions, type Logger } from 'typeorm';
import { minutes } from '../../shared/clock.js';
import { outliveLoss } from './outlive-loss.js';
import { patience, Pulse } from './pulse.js';

/** TypeORM's own log: only what somebody on call would want to read, without the values of a statement. */
class QuietLogger implements Logger {
  logQuery(): void {}
  logQueryError(): void {}
  logQuerySlow(): void {}
  logSchemaBuild(): void {}
  logMigration(): void {}
  log(): void {}
}

/** What a database connection is made of; entities and migrations come from the table of contents. */
export interface ConnectionPlan {
  readonly url: string;
  readonly poolSize: number;
  readonly entities: NonNullable<DataSourceOptions['entities']>;
  readonly migrations: NonNullable<DataSourceOptions['migrations']>;
  /** For a process that answers nobody: what it has half done is worth more than an early no. */
  readonly isPatient?: true;
}

/** A connection that waits at most this long, in milliseconds, so that a request is refused within a second. */
const connectTimeout = 800;
/** Milliseconds for which an idle connection is kept: a new one costs a process of PostgreSQL's and every plan anew, on the way of a check-in. */
export const idleTimeout = minutes(5);

/** The data source of one process; not yet connected. */
export function dataSourceFor(plan: ConnectionPlan): DataSource {
  const pulse = new Pulse(plan.url, plan.isPatient ? patience.ofWork : patience.ofRequests);
  const onConnect = (client: ClientBase): void => {
    outliveLoss(client);
    pulse.watch(client);
  };
  return new DataSource({
    type: 'postgres',
    url: plan.url,
    entities: plan.entities,
    migrations: plan.migrations,
    migrationsTableName: 'schema_migration',
    synchronize: false,
    poolSize: plan.poolSize,
    connectTimeoutMS: connectTimeout,
    applicationName: 'foyer',
    logger: new QuietLogger(),
    poolErrorHandler: () => undefined,
    installExtensions: false,
    // Compiling a plan costs more than the short reads of this product ever take. A pipeline: see `Tx`.
    extra: { keepAlive: true, idleTimeoutMillis: idleTimeout, options: '-c jit=off', onConnect, pipeline: true },
  });
}
