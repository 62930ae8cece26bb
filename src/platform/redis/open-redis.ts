import { Logger } from '@nestjs/common';
import { Cluster, Redis } from 'ioredis';
import { seconds } from '../../shared/clock.js';
import type { Config } from '../../shared/config.js';

/** What becomes of commands while Redis is away: they wait for it, or fail at once. */
export type WhileAway = 'wait' | 'fail';

/** Milliseconds of silence after which a connection is given up that waits for an answer; whoever waits for a job waits ten seconds at most. */
const silence = seconds(30);
/** Milliseconds after which an idle connection is asked for a sign of life. */
const idle = seconds(10);
const retry = (times: number): number => Math.min(times * 100, 1000);

/** Opens a connection to Redis or Valkey, made anew for as long as the process runs; of an outage the log says one line, and one of its end. */
export function openRedis(url: string, { redisCluster }: Config, whileAway: WhileAway): Redis | Cluster {
  const waits = whileAway === 'wait';
  const options = {
    maxRetriesPerRequest: waits ? null : 1,
    enableOfflineQueue: waits,
    socketTimeout: silence,
    keepAlive: idle,
  };
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
