import { overFullKey } from '../evidence/blocking.rules.js';
import { type MatchKey, storedKeys } from '../record/match-keys.js';
import type { Holders } from '../resolve/key-holders.rules.js';
import type { ComparedRecord, ComparedRecords } from '../resolve/match-key.store.js';
import type { Model } from '../evidence/model.js';
import { KeyTable } from './key-table.js';
import { profileOfText, textOfProfile } from './profile-text.rules.js';
import { mayBeNear } from './sketch-bound.rules.js';
import { Sketches } from './sketches.js';
import { TextPages } from './text-pages.js';

/** A record as it is known: what is compared of it, and its keys. */
export interface KnownRecord extends ComparedRecord {
  id: string;
  keys: readonly MatchKey[];
}

/** Bytes that a record takes, and records with whom an import stays below a gigabyte in all. */
const [bytesOfRecord, mostAnywhere] = [850, 550_000];

/** Records from which on it is better to ask the database, with so many bytes of memory, of which a quarter may be taken. */
export function mostKnown(memory: number): number {
  return Math.min(mostAnywhere, Math.floor(memory / 4 / bytesOfRecord));
}

/** All records with their keys and what is compared of them, in memory: whom an import could meet, without asking the database. */
export class KnownRecords {
  private readonly numbers = new Map<string, number>();
  private readonly ids: string[] = [];
  private readonly trusted: boolean[] = [];
  private readonly keyCounts: number[] = [];
  private readonly profiles = new TextPages();
  private readonly sketches = new Sketches();
  private readonly table = new KeyTable();
  private drawn = new Map<string, { profile: ComparedRecord['profile']; sketch: Int32Array }>();

  /** How many there are. */
  get size(): number {
    return this.ids.length;
  }

  /** Whether a record is known. */
  has(id: string): boolean {
    return this.numbers.has(id);
  }

  /** As `holdersOf` of the database. */
  holdersOf(keys: Iterable<MatchKey>, leaving: ReadonlyMap<MatchKey, number> = new Map()): Holders {
    const holders: Holders = new Map();
    for (const key of keys) {
      if (holders.has(key)) continue;
      const held = this.table.holdersOf(key, overFullKey + (leaving.get(key) ?? 0));
      if (held) holders.set(key, { count: held.count, ids: held.records.map((at) => this.ids[at] as string) });
    }
    return holders;
  }

  /** What is compared of these records, as far as they are known. */
  compared(ids: readonly string[]): ComparedRecords {
    const found: ComparedRecords = new Map();
    for (const id of ids) {
      const at = this.numbers.get(id);
      if (at !== undefined) found.set(id, { trusted: this.trusted[at] as boolean, profile: this.profileAt(at) });
    }
    return found;
  }

  /** Of pairs of one's own records and of known ones those that may be near one another, by their sketches. */
  narrow(pairs: [string, string][], own: ComparedRecords, model: Model): [string, string][] {
    this.drawn = new Map();
    const sketchOf = (id: string): Int32Array | undefined => {
      const mine = own.get(id);
      if (mine) return this.draw(id, mine.profile);
      const known = this.numbers.get(id);
      return known === undefined ? undefined : this.sketches.at(known);
    };
    return pairs.filter(([one, other]) => {
      const [a, b] = [sketchOf(one), sketchOf(other)];
      return !a || !b || mayBeNear(a, b, this.sketches.words, model);
    });
  }

  /**
   * Notes a record as it is now, instead of as it was. What keys it had is told by what was compared of it; where an earlier version of
   * the product had given it others, this is false, and nothing that is known counts any more.
   */
  note({ id, trusted, profile, keys }: KnownRecord): boolean {
    const known = this.numbers.get(id);
    const at = known ?? this.ids.length;
    const text = textOfProfile(profile);
    const has = new Set(keys);
    if (known !== undefined) {
      const isSame = this.trusted[at] === trusted && this.profiles.at(at) === text && this.keyCounts[at] === has.size;
      if (isSame && keys.every((key) => this.table.has(key, at))) return true;
      if (!this.forgetKeys(at)) return false;
    }
    for (const key of has) this.table.add(key, at);
    this.numbers.set(id, at);
    this.ids[at] = id;
    this.trusted[at] = trusted;
    this.keyCounts[at] = has.size;
    this.profiles.set(at, text);
    this.sketches.set(at, this.draw(id, profile));
    this.drawn.delete(id);
    return true;
  }

  /** The sketch of a record that is written now, drawn once. */
  private draw(id: string, profile: ComparedRecord['profile']): Int32Array {
    const known = this.drawn.get(id);
    if (known?.profile === profile) return known.sketch;
    const sketch = this.sketches.sketch(profile);
    this.drawn.set(id, { profile, sketch });
    return sketch;
  }

  /** Takes the keys from a record that was known; false when they cannot be told. */
  private forgetKeys(at: number): boolean {
    const had = keysOf(this.profileAt(at));
    return this.keyCounts[at] === had.size && [...had].every((key) => this.table.remove(key, at));
  }

  private profileAt(at: number): ComparedRecord['profile'] {
    return profileOfText(this.profiles.at(at));
  }
}

function keysOf(profile: ComparedRecord['profile']): Set<MatchKey> {
  return new Set(storedKeys(profile));
}
