import type { MatchKey } from '../record/match-keys.js';

/** No record and no link: the end of a chain, and a key that has lost its last holder. */
const none = -1;
/** Stands in a place where no key has been put. */
const vacant = -1;
/** Links are kept as numbers below none, so that a single holder, as most keys have, needs no link. */
const asHead = (link: number): number => -2 - link;
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
  private records = new Int32Array(1 << 12);
  private nexts = new Int32Array(1 << 12);
  private links = 0;
  private free = none;

  /** Notes that a record has a key; it must not have had it. */
  add(key: MatchKey, record: number): void {
    if (this.taken > this.keys.length * 0.7) this.widen();
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

  /** Notes that a record has a key no more; false when it had not. */
  remove(key: MatchKey, record: number): boolean {
    const at = this.placeOf(key);
    if (this.keys[at] === vacant) return false;
    const before = [...this.chain(at)];
    const after = before.filter((holder) => holder !== record);
    if (after.length === before.length) return false;
    this.release(at);
    this.heads[at] = none;
    this.counts[at] = 0;
    for (const holder of after.reverse()) this.add(key, holder);
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
    for (; head < none; head = this.nexts[asHead(head)] as number) yield this.records[asHead(head)] as number;
    if (head >= 0) yield head;
  }

  private link(record: number, next: number): number {
    if (this.free !== none) {
      const link = this.free;
      this.free = this.nexts[link] as number;
      this.records[link] = record;
      this.nexts[link] = next;
      return link;
    }
    if (this.links === this.records.length) {
      this.records = enlarged(this.records);
      this.nexts = enlarged(this.nexts);
    }
    this.records[this.links] = record;
    this.nexts[this.links] = next;
    return this.links++;
  }

  private release(at: number): void {
    for (let head = this.heads[at] as number; head < none;) {
      const link = asHead(head);
      head = this.nexts[link] as number;
      this.nexts[link] = this.free;
      this.free = link;
    }
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

function enlarged(list: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.ceil(list.length * 1.5));
  larger.set(list);
  return larger;
}
