import { Logger, type OnModuleDestroy } from '@nestjs/common';
import type { Cluster, Redis } from 'ioredis';
import { isUnavailable } from '../database/unavailable.js';
import { LiveFanout, Listeners, type LiveListener } from './live-fanout.js';

const redisChannel = 'foyer:live';

/** Publish/subscribe on Redis or Valkey; ioredis reconnects by itself, also to one that is away as the process starts. */
export class RedisFanout extends LiveFanout implements OnModuleDestroy {
  private readonly logger = new Logger('Live');
  private readonly listeners = new Listeners();

  constructor(
    private readonly publisher: Redis | Cluster,
    private readonly subscriber: Redis | Cluster,
    private readonly instance: string,
  ) {
    super();
    subscriber.on('message', (_channel: string, payload: string) => this.receive(payload));
    subscriber.on('ready', () => void this.hear());
  }

  override publish(channel: string, text: string): void {
    this.listeners.tell(channel, text);
    this.publisher
      .publish(redisChannel, JSON.stringify([this.instance, channel, text]))
      .catch((error: unknown) => this.missed(error, 'Hints to other processes were lost; they will poll.'));
  }

  override subscribe(channel: string, listener: LiveListener): () => void {
    return this.listeners.add(channel, listener);
  }

  onModuleDestroy(): void {
    this.subscriber.disconnect();
    this.publisher.disconnect();
  }

  /** Whatever was said until Redis hears this is missed. */
  private async hear(): Promise<void> {
    try {
      await this.subscriber.subscribe(redisChannel);
      this.listeners.tellAllMissed();
    } catch (error) {
      this.missed(error, 'Redis takes no subscription; arrivals are polled.');
    }
  }

  /** Of an outage the connection tells once; here it would be told with every check-in. */
  private missed(error: unknown, what: string): void {
    if (!isUnavailable(error)) this.logger.warn(`${what} ${String(error)}`);
  }

  private receive(payload: string): void {
    const [instance, channel, text] = JSON.parse(payload) as [string, string, string];
    if (instance !== this.instance) this.listeners.tell(channel, text);
  }
}
