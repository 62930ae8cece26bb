import { Inject, Injectable } from '@nestjs/common';
import { seconds } from '../shared/clock.js';
import { CONFIG, type Config } from '../shared/config.js';
import { Database } from '../platform/database/database.js';
import { configurationById } from './configuration.query.js';

/** A picture as it is passed on. */
export interface Picture {
  readonly type: string;
  readonly bytes: Buffer;
}

/** Bytes of the largest picture that is passed on. */
const largest = 2 * 1024 * 1024;
const patience = seconds(5);
const types = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/avif', 'image/gif', 'image/svg+xml']);

/**
 * Fetches what a configuration looks like from the retailer's own addresses, so that no page asks another origin.
 * Only origins of PICTURE_ORIGINS are asked, without following redirects: a saved address never chooses whom the server calls.
 */
@Injectable()
export class Pictures {
  private readonly origins: ReadonlySet<string>;

  constructor(
    private readonly database: Database,
    @Inject(CONFIG) { pictureOrigins = [] }: Config,
  ) {
    this.origins = new Set(pictureOrigins);
  }

  /** The picture of a configuration; undefined if it has none that may be fetched. */
  async of(configurationId: string): Promise<Picture | undefined> {
    const configuration = await configurationById(this.database, configurationId);
    const address = configuration?.imageUrl;
    if (!address || !URL.canParse(address) || !this.origins.has(new URL(address).origin)) return undefined;
    try {
      return await this.fetched(address);
    } catch (error) {
      // The shop's picture server is away, slow, or sends somebody elsewhere: the page shows the words without a picture.
      if (['TypeError', 'TimeoutError'].includes((error as Error).name)) return undefined;
      throw error;
    }
  }

  private async fetched(address: string): Promise<Picture | undefined> {
    const response = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(patience) });
    const type = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
    if (!response.ok || !types.has(type) || !response.body) {
      await response.body?.cancel();
      return undefined;
    }
    const parts: Uint8Array[] = [];
    let length = 0;
    for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
      length += part.length;
      if (length > largest) return undefined;
      parts.push(part);
    }
    return { type, bytes: Buffer.concat(parts) };
  }
}
