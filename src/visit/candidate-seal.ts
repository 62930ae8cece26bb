import { createCipheriv, createDecipheriv } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock, after, minutes } from '../shared/clock.js';
import { randomOctets } from '../shared/ids.js';
import { Keys } from '../shared/keys.js';
import type { CandidateFound, Reason } from './recognition.rules.js';

/** How long somebody who was looked up can be chosen. */
const goodFor = minutes(15);
const ivBytes = 12;
const tagBytes = 16;

interface Sealed {
  readonly recordId: string;
  readonly reasons: readonly Reason[];
  readonly storeId: string;
  readonly until: number;
}

/**
 * Ids of people who were looked up: they say nothing to whoever holds them, choose a person on a visit of the same
 * store, and end after a quarter of an hour. Nothing is stored.
 */
@Injectable()
export class CandidateSeal {
  constructor(
    private readonly keys: Keys,
    private readonly clock: Clock,
  ) {}

  /** The id of somebody who was looked up in a store (AES-256-GCM). */
  seal({ recordId, reasons }: CandidateFound, storeId: string): string {
    const until = after(this.clock.now(), goodFor).getTime();
    const iv = randomOctets(ivBytes);
    const cipher = createCipheriv('aes-256-gcm', this.key(this.keys.currentId), iv);
    const text = JSON.stringify({ recordId, reasons, storeId, until } satisfies Sealed);
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return `${this.keys.currentId}.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`;
  }

  /** Who is meant; undefined when the id is not one of ours, of another store, or too old. */
  open(id: string, storeId: string): CandidateFound | undefined {
    const dot = id.indexOf('.');
    const keyId = id.slice(0, Math.max(dot, 0));
    if (!this.keys.ids.includes(keyId)) return undefined;
    const sealed = decrypt(this.key(keyId), Buffer.from(id.slice(dot + 1), 'base64url'));
    if (!sealed || sealed.storeId !== storeId || sealed.until < this.clock.now().getTime()) return undefined;
    return { recordId: sealed.recordId, reasons: sealed.reasons };
  }

  private key(id: string): Buffer {
    const key = this.keys.derive('candidate', id);
    if (!key) throw new Error(`Key ${id} is not in the key ring.`);
    return key;
  }
}

function decrypt(key: Buffer, bytes: Buffer): Sealed | undefined {
  if (bytes.length <= ivBytes + tagBytes) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, ivBytes));
  decipher.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
  try {
    const text = Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]);
    return JSON.parse(text.toString('utf8')) as Sealed;
  } catch {
    return undefined;
  }
}
