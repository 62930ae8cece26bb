import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import { createGunzip } from 'node:zlib';
import { encodingCalled } from './encoding.rules.js';
import { ImportFault } from './import-fault.js';
import { Utf8Count } from './utf8-count.js';

/** How the text of a file is written, where nobody says so. */
type Guessed = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** A file, read once from end to end: what it is, and how it is told from others. */
export interface InspectedFile {
  readonly path: string;
  readonly size: number;
  /** SHA-256 of its bytes. */
  readonly hash: Buffer;
  readonly gzip: boolean;
  /** How its text is written, as the platform calls it. */
  readonly encoding: string;
  /** Whether somebody said so; it was guessed otherwise. */
  readonly isEncodingSaid: boolean;
  /** One line for people on how its text is read. */
  readonly encodingNote: string;
}

/** Bytes read at a time: few, so that what was read is about what was imported. */
const pieces = 128 * 1024;

/** Reads a file once, in constant memory; nothing is guessed of its encoding where one is `said`. @throws ImportFault when it cannot be read or is no text. */
export async function inspectFile(path: string, said?: string): Promise<InspectedFile> {
  const known = said === undefined ? undefined : encodingCalled(said);
  const { head, size } = await headOf(path);
  const gzip = head[0] === 0x1f && head[1] === 0x8b;
  const hash = createHash('sha256');
  let guess: Guess | undefined;
  const count = new Utf8Count();
  for await (const chunk of bytesOf(path, gzip, (bytes) => hash.update(bytes))) {
    if (guess === undefined) refuseArchive(chunk);
    guess ??= known === undefined ? guessOf(chunk) : plain;
    if (guess.encoding === 'utf-8') count.add(chunk);
  }
  count.end();
  const { encoding, note } = known === undefined ? settled(guess ?? plain, count) : told(known, count);
  return { path, size, hash: hash.digest(), gzip, encoding, isEncodingSaid: known !== undefined, encodingNote: note };
}

/** The bytes of a file, unpacked when it is packed. */
export async function* bytesOf(
  path: string,
  gzip: boolean,
  onRead: (bytes: Buffer) => unknown = () => undefined,
): AsyncGenerator<Buffer> {
  const packed = createReadStream(path, { highWaterMark: pieces });
  if (!gzip) {
    for await (const chunk of packed as AsyncIterable<Buffer>) {
      onRead(chunk);
      yield chunk;
    }
    return;
  }
  const tapped = Readable.from(tap(packed, onRead));
  const unpacked = createGunzip({ chunkSize: 2 * pieces });
  tapped.on('error', (error) => unpacked.destroy(error));
  try {
    for await (const chunk of tapped.pipe(unpacked) as AsyncIterable<Buffer>) yield chunk;
  } catch (error) {
    if (!isZlib(error)) throw error;
    throw new ImportFault(`The file is packed with gzip and cannot be unpacked (${error.message}); pack it again.`);
  } finally {
    tapped.destroy();
    packed.destroy();
  }
}

async function* tap(stream: AsyncIterable<Buffer>, onRead: (bytes: Buffer) => unknown): AsyncGenerator<Buffer> {
  for await (const chunk of stream) {
    onRead(chunk);
    yield chunk;
  }
}

async function headOf(path: string): Promise<{ head: Buffer; size: number }> {
  try {
    const { size } = await stat(path);
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, 0);
      return { head: buffer.subarray(0, bytesRead), size };
    } finally {
      await file.close();
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new ImportFault(`There is no file ${path}.`);
    if (code === 'EISDIR') throw new ImportFault(`${path} is a folder; name a file in it.`);
    if (code === 'EACCES') throw new ImportFault(`${path} may not be read by this user.`);
    throw error;
  }
}

interface Guess {
  readonly encoding: Guessed;
  readonly bom: boolean;
}

/** What a file is taken for before anything says otherwise. */
const plain: Guess = { encoding: 'utf-8', bom: false };

function refuseArchive(chunk: Buffer): void {
  if (chunk.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004')))
    throw new ImportFault('This is a ZIP or a spreadsheet; unpack it, or save the sheet as CSV.');
}

function guessOf(chunk: Buffer): Guess {
  if (chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf) return { encoding: 'utf-8', bom: true };
  if (chunk[0] === 0xff && chunk[1] === 0xfe) return { encoding: 'utf-16le', bom: true };
  if (chunk[0] === 0xfe && chunk[1] === 0xff) return { encoding: 'utf-16be', bom: true };
  const sample = chunk.subarray(0, 4096 - (chunk.length % 2));
  const zeros = [0, 0] as [number, number];
  for (const [at, byte] of sample.entries()) if (byte === 0) zeros[(at % 2) as 0 | 1] += 1;
  const [even, odd] = zeros.map((count) => count / (sample.length / 2)) as [number, number];
  if (isUtf16(odd, even, 'utf-16le', sample)) return { encoding: 'utf-16le', bom: false };
  if (isUtf16(even, odd, 'utf-16be', sample)) return { encoding: 'utf-16be', bom: false };
  if (even > 0.1 && odd > 0.1) throw new ImportFault('This is no text; save it as CSV or JSON Lines.');
  return { encoding: 'utf-8', bom: false };
}

/** Latin letters, spaces and the marks between cells have a zero byte on one side; text of other letters has few of them and must make sense. */
function isUtf16(own: number, other: number, encoding: Guessed, sample: Buffer): boolean {
  if (own > 0.3 && other < 0.1) return true;
  return own > 0.02 && other < own / 10 && isText(encoding, sample);
}

/** Characters that stand in no file that people or systems write. */
const meaningless = /[\0-\x08\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]|\p{Co}|\p{Cn}/u;

function isText(encoding: Guessed, sample: Buffer): boolean {
  try {
    const whole = sample.subarray(0, sample.length - (sample.length % 2));
    const text = new TextDecoder(encoding, { fatal: true }).decode(whole, { stream: true });
    return /[\r\n]/.test(text) && !meaningless.test(text);
  } catch {
    return false;
  }
}

function settled({ encoding, bom }: Guess, { valid, invalid }: Utf8Count): { encoding: Guessed; note: string } {
  const mark = bom ? ' with byte order mark' : '';
  if (encoding !== 'utf-8') return { encoding, note: `${encoding.toUpperCase()}${mark}` };
  if (invalid === 0) return { encoding, note: `UTF-8${mark}` };
  if (bom || invalid < valid) {
    const what = invalid === 1 ? 'one place' : `${invalid} places`;
    return { encoding, note: `UTF-8${mark}, damaged in ${what}, where � stands for what cannot be read` };
  }
  return { encoding: 'windows-1252', note: 'Latin-1 (Windows-1252), because it is not valid UTF-8' };
}

/** What was said is kept to; that it may be wrong is only noted. */
function told(encoding: string, { valid, invalid }: Utf8Count): { encoding: string; note: string } {
  if (encoding === 'utf-8' && invalid > 0)
    return { encoding, note: `utf-8, as was said, though ${invalid} of its bytes are none` };
  const isOther = encoding !== 'utf-8' && valid > 0 && invalid === 0;
  return { encoding, note: `${encoding}, as was said${isOther ? ', though it is valid UTF-8' : ''}` };
}

function isZlib(error: unknown): error is Error {
  return String((error as { code?: unknown }).code).startsWith('Z_');
}

/** The digest of anything that is told apart by its text. */
export function digestOf(text: string, hash: Hash = createHash('sha256')): Buffer {
  return hash.update(text).digest();
}
