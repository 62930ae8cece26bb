import { Logger } from '@nestjs/common';
import { Cluster, Redis } from 'ioredis';
import type { Config } from '../../shared/config.js';

/** What becomes of commands while Redis is away: they wait for it, or fail at once. */
export type WhileAway = 'wait' | 'fail';

const retry = (times: number): number => Math.min(times * 100, 1000);

/** Opens a connection to Redis or Valkey, made anew for as long as the process runs; of an outage the log says one line, and one of its end. */
export function openRedis(url: string, { redisCluster }: Config, whileAway: WhileAway): Redis | Cluster {
  const waits = whileAway === 'wait';
  const options = { maxRetriesPerRequest: waits ? null : 1, enableOfflineQueue: waits };
  const connection = redisCluster
    ? new Cluster([url], { enableOfflineQueue: waits, redisOptions: options, clusterRetryStrategy: retry })
    : new Redis(url, { ...options, retryStrategy: retry });
  tellOutages(connection);
  return connection;
}

function tellOutages(connection: Redis | Cluster): void {
  const logger = new Logger('Redis');
  let away = '';
  connection.on('error', (error: Error) => {
    const why = error.message || error.name;
    if (why !== away) logger.warn(`Redis is away, trying again every second: ${why}`);
    away = why;
  });
  connection.on('ready', () => {
    if (away) logger.log('Redis is back.');
    away = '';
  });
}
