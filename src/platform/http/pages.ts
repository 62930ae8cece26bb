import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { root } from '../../shared/root.js';

/** Which page answers an address; the rest of the address is the page's own business. */
const pages: Readonly<Record<string, readonly string[]>> = {
  start: ['/'],
  tablet: ['/tablet', '/tablet/', '/tablet/visit/*'],
  phone: ['/c/:link'],
  wallet: ['/w/:token'],
  pass: ['/p/:pass', '/P/:pass'],
  door: ['/s/:storeCode'],
  shop: ['/shop', '/shop/'],
  desk: ['/desk', '/desk/', '/desk/store', '/desk/review'],
};

/** Scripts from here only, none inline; WebAssembly is the scanner's; the newcomer's page frames its neighbours. */
const contentSecurityPolicy = [
  `default-src 'none'`,
  `script-src 'self' 'wasm-unsafe-eval'`,
  `style-src 'self' 'unsafe-inline'`,
  `img-src 'self' data:`,
  `font-src 'self'`,
  `connect-src 'self'`,
  `media-src 'self'`,
  `manifest-src 'self'`,
  `worker-src 'self'`,
  `frame-src 'self'`,
  `frame-ancestors 'self'`,
  `form-action 'self'`,
  `base-uri 'none'`,
].join('; ');

const year = 365 * 24 * 3600;

/** What the newcomer's page needs to show the story: told by the demo alone, because it holds keys. */
export interface DemoTold {
  readonly shopKey: string;
  readonly tabletToken: string;
  readonly storeCode: string;
  /** Signs the store's manager in at the desk. */
  readonly managerToken: string;
  /** The card of a customer whom the company knows. */
  readonly loyaltyId: string;
  /** The page of that card, as her account in the shop leads to it. */
  readonly cardPage: string;
}

/** Serves the built pages of `web/` beside the API, from the same origin. */
@Injectable()
export class Pages implements OnModuleInit {
  private readonly logger = new Logger('Pages');
  private demo: DemoTold | undefined;

  constructor(private readonly host: HttpAdapterHost) {}

  /** Adds the pages where this process has an HTTP server and they have been built. */
  async onModuleInit(): Promise<void> {
    const adapter = this.host.httpAdapter as HttpAdapterHost['httpAdapter'] | undefined;
    if (adapter?.getType() !== 'fastify') return;
    const built = join(root, 'dist/web');
    if (!existsSync(built)) {
      this.logger.warn('The pages are not built; "npm run build:web" builds them. The API works without.');
      return;
    }
    await adapter.getInstance<FastifyInstance>().register((scope) => this.serveFrom(built, scope));
  }

  /** This process is a demo: its start page opens shop, door and tablet for whoever comes. */
  tellNewcomers(demo: DemoTold): void {
    this.demo = demo;
  }

  private async serveFrom(folder: string, scope: FastifyInstance): Promise<void> {
    scope.addHook('onSend', async (_request, reply) => protect(reply));
    // A folder, or a way out of it, is nothing that is served.
    scope.setErrorHandler((error: FastifyError, _request, reply) => {
      if (error.statusCode !== 403) throw error;
      reply.callNotFound();
    });
    await scope.register(fastifyStatic, {
      root: folder,
      index: false,
      preCompressed: true,
      cacheControl: false,
      setHeaders: (response, path) => {
        void response.header('cache-control', cachingOf(path));
      },
    });
    scope.get('/demo.json', (_request, reply) => reply.code(this.demo ? 200 : 404).send(this.demo ?? { demo: false }));
    for (const [page, addresses] of Object.entries(pages))
      for (const address of addresses)
        scope.get(address, async (_request, reply) => reply.sendFile(`${page}/index.html`));
  }
}

async function protect(reply: FastifyReply): Promise<void> {
  reply.headers({
    'content-security-policy': contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'permissions-policy': 'camera=(self), microphone=(), geolocation=()',
    'cross-origin-opener-policy': 'same-origin',
  });
}

/** Names of assets hold a hash of their content; everything else is asked for anew. */
function cachingOf(path: string): string {
  return /[\\/]assets[\\/]/.test(path) ? `public, max-age=${year}, immutable` : 'no-cache';
}
