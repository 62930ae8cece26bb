import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SourceView } from '../../access/actor.js';
import { credentialsOf } from '../../access/credentials.js';
import { Tokens } from '../../access/tokens.js';
import { isUnavailable } from '../../platform/database/unavailable.js';
import { TrackingFault } from '../tracking/tracking-fault.js';
import { writeKeyOf } from '../tracking/write-key.rules.js';
import { ImportFault } from './import-fault.js';
import { Importer, type ImportPlan } from './importer.js';
import { readOverride } from './mapping.rules.js';
import { clearAbandonedUploads, newUploadFolder } from './upload-folder.js';

/** Largest file in bytes, as it is sent; larger ones are imported with the command. */
export const largestUpload = 256 * 1024 * 1024;

interface Asked {
  /** The map, as the command reads it from a file. */
  readonly map?: unknown;
  /** How the file is written; guessed where it is not said. */
  readonly encoding?: unknown;
  readonly dryRun?: unknown;
}

/** `POST /v1/import`: the same as `npx foyer import`, for a shop's server; the body is the file. */
@Injectable()
export class ImportRoutes implements OnModuleInit {
  private readonly logger = new Logger('Import');
  private isBusy = false;

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly tokens: Tokens,
    private readonly importer: Importer,
  ) {}

  /** Adds the route where this process has an HTTP server; a worker has none. */
  async onModuleInit(): Promise<void> {
    const adapter = this.host.httpAdapter as HttpAdapterHost['httpAdapter'] | undefined;
    if (adapter?.getType() !== 'fastify') return;
    await clearAbandonedUploads();
    await adapter.getInstance<FastifyInstance>().register((scope, _options, done) => {
      scope.removeAllContentTypeParsers();
      // The file is taken off the wire by us, whatever its content type says, and never held in memory.
      scope.addContentTypeParser('*', (_request, payload, parsed) => parsed(null, payload));
      scope.setErrorHandler((error, request, reply) => this.refuse(error, request, reply));
      scope.post('/v1/import', async (request) => this.receive(request));
      done();
    });
  }

  private async receive(request: FastifyRequest): Promise<object> {
    const source = await this.sourceOf(request);
    if (Number(request.headers['content-length'] ?? 0) > largestUpload) throw tooLarge();
    if (this.isBusy) throw new TrackingFault(429, 'Another file is being imported; send it again when that has ended.');
    this.isBusy = true;
    try {
      return await this.importUpload(request, source);
    } finally {
      this.isBusy = false;
    }
  }

  private async importUpload(request: FastifyRequest, source: SourceView): Promise<object> {
    const folder = await newUploadFolder();
    try {
      const path = join(folder, 'file');
      await pipeline(limited(request.raw), createWriteStream(path, { mode: 0o600 }));
      return await this.importFile(path, source, request.query as Asked);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  private async importFile(path: string, source: SourceView, { map, encoding, dryRun }: Asked): Promise<object> {
    const override = typeof map === 'string' ? readOverride(map) : {};
    const said = typeof encoding === 'string' ? encoding : undefined;
    const plan = await this.importer.plan(path, source.id, override, said);
    const outcome = dryRun === 'true' ? await this.importer.rehearse(plan) : await this.importer.run(plan);
    return { success: true, ...outcome, mapping: mappingOf(plan) };
  }

  private async sourceOf(request: FastifyRequest): Promise<SourceView> {
    const key = writeKeyOf({ authorization: request.headers.authorization });
    if (key === undefined) throw new TrackingFault(401, 'Send the server key of your source as Basic user name.');
    const { source, asserts } = await this.tokens.authenticateKey(key, credentialsOf(request));
    if (source === undefined) throw new TrackingFault(401, 'This is not the key of a source.');
    if (!asserts) throw new TrackingFault(403, 'A browser key only claims; files are imported with a server key.');
    return source;
  }

  private refuse(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const status = statusOf(error);
    if (status === 429 || status === 503) reply.header('retry-after', '5');
    if (status < 500) return reply.code(status).send({ success: false, message: (error as Error).message });
    if (status === 503)
      return reply.code(503).send({ success: false, message: 'The database cannot be reached; send the file again.' });
    this.logger.error({ faultId: request.id, error }, 'An import failed.');
    const message = 'This failed on our side; send the file again, what is in already stays in once.';
    return reply.code(500).send({ success: false, message, faultId: request.id });
  }
}

function tooLarge(): TrackingFault {
  return new TrackingFault(413, `The file is larger than ${largestUpload} bytes; use "npx foyer import".`);
}

async function* limited(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > largestUpload) throw tooLarge();
    yield chunk;
  }
}

function mappingOf({ mapping }: ImportPlan): Record<string, string | null> {
  return Object.fromEntries(mapping.columns.map(({ heading, field }) => [heading, field ?? null]));
}

function statusOf(error: unknown): number {
  if (isUnavailable(error)) return 503;
  if (error instanceof ImportFault) return 400;
  const status = (error as { statusCode?: unknown }).statusCode;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}
