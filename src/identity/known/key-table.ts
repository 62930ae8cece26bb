import type { MatchKey } from '../record/match-keys.js';
import { IntRows } from './int-rows.js';

/** No record and no link: the end of a chain, and a key that has lost its last holder. */
const none = -1;
/** Stands in a place where no key has been put. */
const vacant = -1;
/** Links are kept as numbers below none, so that a single holder, as most keys have, needs no link. */
const asHead = (link: number): number => -2 - link;
/** Share of the places that are taken at most: the fuller, the longer one looks, and the smaller it is. */
const mostTaken = 0.85;
/** A count that is so high says no more than that it is at least so high. */
const manyHolders = 255;

/**
 * Who has each key, with records as small numbers: an open-addressed table in typed arrays, of some 20 bytes a key where objects would take
 * more than a hundred. The order in which holders are named is that of their coming, the latest first.
 */
export class KeyTable {
  private keys = new Float64Array(1 << 12).fill(vacant);
  private heads = new Int32Array(1 << 12);
  private counts = new Uint8Array(1 << 12);
  private taken = 0;
  /** Of each link its record and what comes next. */
  private readonly chained = new IntRows(2);
  private links = 0;
  private free = none;

  /** Notes that a record has a key; it must not have had it. */
  add(key: MatchKey, record: number): void {
    if (this.taken > this.keys.length * mostTaken) this.widen();
    const at = this.placeOf(key);
    if (this.keys[at] === vacant) {
      this.keys[at] = key;
      this.heads[at] = none;
      this.taken += 1;
    }
    const head = this.heads[at] as number;
    this.heads[at] = head === none ? record : asHead(this.link(record, head));
    this.counts[at] = Math.min((this.counts[at] as number) + 1, manyHolders);
  }

  /** Whether a record has a key. */
  has(key: MatchKey, record: number): boolean {
    const at = this.placeOf(key);
    if (this.keys[at] === vacant) return false;
    for (const holder of this.chain(at)) if (holder === record) return true;
    return false;
  }

  /** Notes that a record has a key no more; false when it had not. */
  remove(key: MatchKey, record: number): boolean {
    const at = this.placeOf(key);
    if (this.keys[at] === vacant || !this.unlink(at, record)) return false;
    const count = this.counts[at] as number;
    this.counts[at] = count < manyHolders ? count - 1 : this.countAt(at);
    return true;
  }

  /** How many have a key: exactly up to `most`, and who; of more than that only that they are more. */
  holdersOf(key: MatchKey, most: number): { count: number; records: number[] } | undefined {
    const at = this.placeOf(key);
    const known = this.keys[at] === vacant ? 0 : (this.counts[at] as number);
    if (known === 0) return undefined;
    if (known > most && known < manyHolders) return { count: most + 1, records: [] };
    const records: number[] = [];
    for (const record of this.chain(at)) {
      if (records.length === most) return { count: most + 1, records: [] };
      records.push(record);
    }
    return { count: records.length, records };
  }

  private *chain(at: number): Generator<number> {
    let head = this.heads[at] as number;
    for (; head < none; head = this.nextOf(asHead(head))) yield this.chained.get(asHead(head), 0);
    if (head >= 0) yield head;
  }

  private nextOf(link: number): number {
    return this.chained.get(link, 1);
  }

  private link(record: number, next: number): number {
    const link = this.free === none ? this.links++ : this.free;
    if (link === this.free) this.free = this.nextOf(link);
    this.chained.set(link, 0, record);
    this.chained.set(link, 1, next);
    return link;
  }

  /** Takes a record out of a chain; false when it is not in it. */
  private unlink(at: number, record: number): boolean {
    let before = none;
    let head = this.heads[at] as number;
    const lead = (next: number): void => {
      if (before === none) this.heads[at] = next;
      else this.chained.set(before, 1, next);
    };
    for (; head < none; head = this.nextOf(before)) {
      const link = asHead(head);
      if (this.chained.get(link, 0) === record) {
        lead(this.nextOf(link));
        this.chained.set(link, 1, this.free);
        this.free = link;
        return true;
      }
      before = link;
    }
    if (head !== record) return false;
    lead(none);
    return true;
  }

  private countAt(at: number): number {
    let count = 0;
    for (const _ of this.chain(at)) if (++count === manyHolders) break;
    return count;
  }

  /** Where a key stands, or would. */
  private placeOf(key: MatchKey): number {
    const mask = this.keys.length - 1;
    // The lowest bit says that a key is weak; those above are of a hash already.
    let at = Math.floor(key / 2) & mask;
    while (this.keys[at] !== key && this.keys[at] !== vacant) at = (at + 1) & mask;
    return at;
  }

  private widen(): void {
    const { keys, heads, counts } = this;
    this.keys = new Float64Array(keys.length * 2).fill(vacant);
    this.heads = new Int32Array(keys.length * 2);
    this.counts = new Uint8Array(keys.length * 2);
    this.taken = 0;
    for (let from = 0; from < keys.length; from += 1) {
      const count = counts[from] as number;
      if (keys[from] === vacant || count === 0) continue;
      const at = this.placeOf(keys[from] as number);
      this.keys[at] = keys[from] as number;
      this.heads[at] = heads[from] as number;
      this.counts[at] = count;
      this.taken += 1;
    }
  }
}
