import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, type InputType, type ZlibOptions } from 'node:zlib';
import { TrackingFault } from './tracking-fault.js';

/** Largest body in bytes once it is unpacked; Rudder's SDKs send that much, Segment's `largestBatch`. */
export const largestBody = 4 * 1024 * 1024;

type Unpack = (packed: InputType, options: ZlibOptions) => Promise<Buffer>;

const unpackers: Readonly<Record<string, Unpack>> = {
  gzip: promisify<InputType, ZlibOptions, Buffer>(gunzip),
  'x-gzip': promisify<InputType, ZlibOptions, Buffer>(gunzip),
  deflate: promisify<InputType, ZlibOptions, Buffer>(inflate),
  br: promisify<InputType, ZlibOptions, Buffer>(brotliDecompress),
};

/**
 * The text of a request, whatever its content type says: SDKs label gzip as a form and JSON as plain text.
 * @throws TrackingFault 413 when it is too large, packed or unpacked; 400 when it cannot be unpacked or is no text.
 */
export async function readBody(request: IncomingMessage, encoding: string | undefined): Promise<string> {
  const received = await collect(request);
  const named = encoding?.trim().toLowerCase() ?? '';
  const unpack = unpackers[named] ?? (looksZipped(received) ? unpackers['gzip'] : undefined);
  const bytes = unpack && (named === '' || isPacked(named, received)) ? await unpacked(received, unpack) : received;
  if (!isUtf8(bytes)) throw new TrackingFault(400, 'The body is not UTF-8 text.');
  return bytes.toString('utf8');
}

/** Something before us may have unpacked a body and left its label. */
function isPacked(encoding: string, bytes: Buffer): boolean {
  return !encoding.endsWith('gzip') || looksZipped(bytes);
}

function looksZipped(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function tooLarge(): TrackingFault {
  return new TrackingFault(413, `The body is larger than ${largestBody} bytes; send fewer messages at a time.`);
}

async function collect(request: IncomingMessage): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > largestBody) throw tooLarge();
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > largestBody) throw tooLarge();
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
}

async function unpacked(bytes: Buffer, unpack: Unpack): Promise<Buffer> {
  try {
    return await unpack(bytes, { maxOutputLength: largestBody });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw new TrackingFault(400, 'The body says that it is compressed, but it cannot be unpacked.');
  }
}
