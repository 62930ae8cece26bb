import { createHmac, hkdfSync } from 'node:crypto';
import {
  closeSync,
  existsSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from './config.js';
import { randomOctets, randomToken } from './ids.js';

/** What a derived key is for; one purpose never opens what another made. */
export type KeyPurpose =
  | 'link'
  | 'pass'
  | 'suppression'
  | 'hold-out'
  | 'cookie'
  | 'tablet-challenge'
  | 'candidate'
  | 'wallet'
  | 'wallet-page'
  | `user-signature:${string}`;

interface Key {
  readonly id: string;
  readonly secret: Buffer;
}

const shortest = 32;

function parse(text: string, where: string, remedy: string): Key[] {
  const keys = text
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((entry) => {
      const [id, encoded] = entry.split(/:(.*)/s);
      const secret = Buffer.from(encoded ?? '', 'base64');
      if (!id || secret.length < shortest) {
        throw new ConfigError(`${where}: each key is id:base64 of at least ${shortest} bytes; ${remedy}.`);
      }
      return { id, secret };
    });
  if (keys.length === 0) throw new ConfigError(`${where} holds no key; ${remedy}.`);
  return keys;
}

/**
 * The key ring: purposes derived by HKDF-SHA-256 (RFC 5869) from secrets that are named by id.
 * The first key is current; older ones still open what they made.
 */
export class Keys {
  private readonly derived = new Map<string, Buffer>();

  private constructor(private readonly ring: Key[]) {}

  /** From `FOYER_KEYS`. @throws ConfigError when the text is no key ring. */
  static fromText(text: string): Keys {
    return new Keys(parse(text, 'FOYER_KEYS', 'the base64 is what "openssl rand -base64 32" prints'));
  }

  /** From the file `keys` in a folder; the first start makes one, readable by its owner only. */
  static fromDirectory(directory: string): Keys {
    const file = join(directory, 'keys');
    if (!existsSync(file)) {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      // Under its name only when it is whole, so that nobody ever reads half of it; whoever is first makes it for all.
      keep(`${freshKey()}\n`, file, (draft) => unlessThere(() => linkSync(draft, file)));
    }
    const remedy = 'restore it from a backup or, if nothing was made with it yet, remove it: the next start makes one';
    return new Keys(parse(readFileSync(file, 'utf8'), file, remedy));
  }

  /**
   * Puts a fresh key in front of a folder's ring and returns its id; running processes take it at their next start.
   * @throws ConfigError while another rotation is under way, which would lose one of the two keys.
   */
  static rotate(directory: string): string {
    Keys.fromDirectory(directory);
    const file = join(directory, 'keys');
    const lock = `${file}.lock`;
    if (!unlessThere(() => closeSync(openSync(lock, 'wx', 0o600)))) {
      throw new ConfigError(`The keys are being rotated: try again, or remove ${lock} if that was broken off.`);
    }
    try {
      const fresh = freshKey();
      keep(`${fresh}\n${readFileSync(file, 'utf8')}`, file, (draft) => renameSync(draft, file));
      return fresh.split(':')[0] ?? '';
    } finally {
      rmSync(lock);
    }
  }

  /** A new key for the front of `FOYER_KEYS`, as `id:base64`. */
  static fresh(): string {
    return freshKey();
  }

  /** Id of the key that makes new things; it is stored beside what it made. */
  get currentId(): string {
    return this.ids[0] ?? '';
  }

  /** Ids of all keys, newest first. */
  get ids(): string[] {
    return this.ring.map((key) => key.id);
  }

  /** The 32-byte key of a purpose, or undefined when no key of that id is in the ring. */
  derive(purpose: KeyPurpose, id = this.currentId): Buffer | undefined {
    const name = `${id}\n${purpose}`;
    const known = this.derived.get(name);
    if (known) return known;
    const key = this.ring.find((candidate) => candidate.id === id);
    if (!key) return undefined;
    const derived = Buffer.from(hkdfSync('sha256', key.secret, 'foyer', purpose, 32));
    this.derived.set(name, derived);
    return derived;
  }

  /** HMAC-SHA-256 of a text under a purpose; undefined when no key of that id is in the ring. */
  sign(purpose: KeyPurpose, message: string, id = this.currentId): Buffer | undefined {
    const key = this.derive(purpose, id);
    return key && createHmac('sha256', key).update(message).digest();
  }
}

/** Writes a text durably beside a file, then puts it in its place. */
function keep(text: string, file: string, put: (draft: string) => void): void {
  const draft = `${file}.${randomToken(4)}`;
  try {
    writeFileSync(draft, text, { mode: 0o600, flag: 'wx', flush: true });
    put(draft);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Does what makes a file, unless somebody was faster; whether it was done. */
function unlessThere(make: () => void): boolean {
  try {
    make();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  }
}

function freshKey(): string {
  return `k${randomToken(4).replaceAll(/[^A-Za-z0-9]/g, '0')}:${randomOctets(32).toString('base64')}`;
}
