import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { seconds } from '../../shared/clock.js';
import { dataSourceFor, type ConnectionPlan } from './data-source.js';
import { migrate } from './migrate.js';

const mostTries = 12;
const pause = seconds(0.5);

/**
 * Connects and brings the schema up to date. A server that is still starting, or a machine too busy to answer in time, is asked
 * again for some seconds; who cannot be reached at all is told at once.
 */
export async function openDatabase(plan: ConnectionPlan): Promise<DataSource> {
  for (let tries = 1; ; tries += 1) {
    const dataSource = dataSourceFor(plan);
    try {
      await dataSource.initialize();
      await migrate(dataSource);
      return dataSource;
    } catch (error) {
      if (dataSource.isInitialized) await dataSource.destroy();
      if (tries === mostTries || !answersLate(error)) throw error;
    }
    await sleep(pause);
  }
}

const starting = '57P03';
const late = /timeout exceeded when trying to connect|Connection terminated/i;

/** Whether somebody listens there who could not answer yet. */
export function answersLate(error: unknown): boolean {
  const { code, message = '' } = error as { code?: string; message?: string };
  return code === starting || late.test(message);
}
