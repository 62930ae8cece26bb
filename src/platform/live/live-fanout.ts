import { Logger } from '@nestjs/common';

/** A hint that something was committed: delivered soon, perhaps twice, perhaps never; listeners read the truth. */
export type LiveListener = (text: string) => void;

/** Carries hints between the processes of one Foyer; publishing never waits and never fails a request. */
export abstract class LiveFanout {
  /** Tells every process, this one included, after what it is about has been committed. */
  abstract publish(channel: string, text: string): void;

  /** Hears of a channel until the returned function is called. After a lost connection listeners hear `''` once. */
  abstract subscribe(channel: string, listener: LiveListener): () => void;
}

/** Listeners by channel, and a fault of one that does not silence the others. */
export class Listeners {
  private readonly logger = new Logger('Live');
  private readonly byChannel = new Map<string, Set<LiveListener>>();

  /** Adds a listener and returns what removes it. */
  add(channel: string, listener: LiveListener): () => void {
    const listeners = this.byChannel.get(channel) ?? new Set();
    this.byChannel.set(channel, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** Tells the listeners of one channel. */
  tell(channel: string, text: string): void {
    for (const listener of this.byChannel.get(channel) ?? []) {
      try {
        listener(text);
      } catch (error) {
        // What it is told of is committed: neither who did it nor the other listeners may fail by it.
        this.logger.error({ err: error }, `A listener to ${channel} failed.`);
      }
    }
  }

  /** Tells everybody that hints may have been missed. */
  tellAllMissed(): void {
    for (const channel of this.byChannel.keys()) this.tell(channel, '');
  }
}
