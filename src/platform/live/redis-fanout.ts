import { Logger, type OnModuleDestroy } from '@nestjs/common';
import type { Cluster, Redis } from 'ioredis';
import { LiveFanout, Listeners, type LiveListener } from './live-fanout.js';

const redisChannel = 'foyer:live';

/** Publish/subscribe on Redis or Valkey; ioredis reconnects by itself. */
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
    subscriber.on('ready', () => this.listeners.tellAllMissed());
    for (const connection of [publisher, subscriber]) {
      connection.on('error', (error: Error) => this.logger.warn(`Redis: ${error.message || error.name}`));
    }
  }

  /** Subscribes; waits until Redis has answered once. */
  async open(): Promise<void> {
    await this.subscriber.subscribe(redisChannel);
  }

  override publish(channel: string, text: string): void {
    this.listeners.tell(channel, text);
    this.publisher
      .publish(redisChannel, JSON.stringify([this.instance, channel, text]))
      .catch((error: Error) =>
        this.logger.warn(`Hints to other processes were lost; they will poll. ${error.message}`),
      );
  }

  override subscribe(channel: string, listener: LiveListener): () => void {
    return this.listeners.add(channel, listener);
  }

  onModuleDestroy(): void {
    this.subscriber.disconnect();
    this.publisher.disconnect();
  }

  private receive(payload: string): void {
    const [instance, channel, text] = JSON.parse(payload) as [string, string, string];
    if (instance !== this.instance) this.listeners.tell(channel, text);
  }
}
