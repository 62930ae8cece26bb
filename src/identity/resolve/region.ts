import type { Tx } from '../../platform/database/transactions.js';
import { model } from '../evidence/model.js';
import type { IdentifierKinds } from '../identifier-kinds.js';
import { crowdedDevice } from '../partition/device.rules.js';
import { type LiveRecord, valueId } from '../partition/live-record.js';
import type { PartitionInput, RefusedPair } from '../partition/partition.rules.js';
import { overFull, valueState } from '../partition/value-state.rules.js';
import type { Refused } from './edge.store.js';
import { Groups } from './groups.js';
import { reach, type Reached } from './reach.query.js';

/** What changed: the records concerned, as they were before (absent: new), or that only their surroundings changed. */
export type Changed = ReadonlyMap<string, LiveRecord | 'as stored' | undefined>;

type Before = ReadonlyMap<string, LiveRecord | undefined>;

interface Value {
  kind: string;
  holders: Map<string, LiveRecord>;
}

/**
 * All records whose customer could depend on what changed: closed under every tie that can join, so that the partition
 * of the region is the region's part of the partition of everything.
 */
export class Region {
  private readonly loaded = new Map<string, Reached>();
  private readonly inside = new Set<string>();
  private readonly fetched = new Map<string, Value>();
  private readonly blocked = new Set<string>();
  private readonly generic = new Map<string, boolean>();
  private readonly groups = new Groups();
  private overgrown: ReadonlySet<string> | undefined;

  constructor(
    private readonly tx: Tx,
    private readonly kinds: IdentifierKinds,
    private readonly mostTogether: number,
  ) {}

  /**
   * Reads outward from what changed until nothing more can be tied to it; what is `near` will be needed and is read at once.
   * @returns the records read of a component of more than `mostTogether`, at which it stops.
   */
  async grow(changed: Changed, near: Iterable<string> = []): Promise<ReadonlySet<string> | undefined> {
    await this.load(
      [...new Set([...changed.keys(), ...near])],
      [...changed.values()].flatMap((record) => (record === 'as stored' ? [] : (record?.identifiers ?? []))),
      changed.size,
    );
    const before = new Map(
      [...changed].map(([id, record]) => [id, record === 'as stored' ? this.loaded.get(id) : record]),
    );
    for (const id of [...changed.keys(), ...this.fellows(changed), ...this.affectedHolders(before)]) this.enter(id);
    for (let frontier = [...this.inside]; frontier.length > 0 && !this.overgrown;)
      frontier = await this.step(frontier, changed.size);
    return this.overgrown;
  }

  /** The records that hang together with one, herself included. */
  component(id: string): ReadonlySet<string> {
    return this.groups.members(id);
  }

  /** The value that most of these records hold, of those that are worth anything. */
  mostHeld(ids: ReadonlySet<string>): { kind: string; key: string; holders: number } | undefined {
    const counts = new Map<string, { kind: string; key: string; holders: number }>();
    for (const id of ids) {
      for (const { kind, key } of this.loaded.get(id)?.identifiers ?? []) {
        const value = valueId(kind, key);
        if (this.isWorthless(value)) continue;
        const entry = counts.get(value) ?? { kind, key, holders: 0 };
        counts.set(value, { ...entry, holders: entry.holders + 1 });
      }
    }
    return [...counts.values()].sort((a, b) => b.holders - a.holders || (a.key < b.key ? -1 : 1))[0];
  }

  /** The records inside. */
  get records(): Reached[] {
    return [...this.inside].map((id) => this.loaded.get(id) as Reached);
  }

  /** The records inside that look like too many others for their edges to say anything. */
  get crowded(): string[] {
    return [...this.inside].filter((id) => this.isCrowded(id));
  }

  /** What is to be noted of refused pairs, given those that are now: how it differs from what is stored. */
  refusals(now: readonly RefusedPair[]): Refused[] {
    const edges = new Map(this.records.flatMap(({ edges }) => edges).map((edge) => [`${edge.lo} ${edge.hi}`, edge]));
    const by = new Map(now.map((pair) => [`${pair.lo} ${pair.hi}`, pair.by]));
    return [...edges].flatMap(([name, { lo, hi, refused }]) => {
      const wanted = by.get(name) ?? null;
      return wanted === refused ? [] : [{ lo, hi, refused: wanted }];
    });
  }

  /** The region as the partition takes it. */
  input(): PartitionInput {
    const { records } = this;
    const isInside = ({ lo, hi }: { lo: string; hi: string }): boolean => this.inside.has(lo) && this.inside.has(hi);
    const isTelling = ({ lo, hi }: { lo: string; hi: string }): boolean => !this.isCrowded(lo) && !this.isCrowded(hi);
    return {
      records,
      edges: distinct(
        records.flatMap((record) => record.edges),
        ({ lo, hi }) => `${lo} ${hi}`,
      ).filter((edge) => isInside(edge) && isTelling(edge)),
      judgements: distinct(
        records.flatMap((record) => record.judgements),
        ({ id }) => id,
      ).filter(isInside),
      blocked: new Set([...this.blocked, ...[...this.generic].filter(([, is]) => is).map(([value]) => value)]),
      kinds: this.kinds,
      model,
    };
  }

  /** Everybody who is one customer with a changed record now: what held them together may have gone. */
  private fellows(changed: Changed): string[] {
    const customers = new Set([...changed.keys()].map((id) => this.loaded.get(id)?.customerId));
    return [...this.loaded.values()]
      .filter(({ customerId }) => customerId && customers.has(customerId))
      .map(({ id }) => id);
  }

  private async step(frontier: readonly string[], slack: number): Promise<string[]> {
    const values = this.unfetched(frontier);
    const ids = new Set(frontier.flatMap((id) => this.tied(id)).filter((id) => !this.loaded.has(id)));
    if (ids.size > 0 || values.length > 0) await this.load([...ids], values, slack);
    const before = this.inside.size;
    for (const id of frontier) {
      for (const other of this.tied(id)) this.tie(id, other);
      for (const held of this.loaded.get(id)?.identifiers ?? []) {
        const value = valueId(held.kind, held.key);
        if (this.isWorthless(value)) continue;
        for (const holder of this.fetched.get(value)?.holders.keys() ?? []) this.tie(id, holder);
      }
    }
    return [...this.inside].slice(before);
  }

  private tie(id: string, other: string): void {
    if (!this.loaded.has(other)) return;
    this.inside.add(other);
    if (this.groups.join(id, other) > this.mostTogether) this.overgrown ??= this.groups.members(id);
  }

  private enter(id: string): void {
    if (this.loaded.has(id)) this.inside.add(id);
  }

  private tied(id: string): string[] {
    const record = this.loaded.get(id);
    if (!record) return [];
    const judged = record.judgements.filter((judgement) => judgement.verdict === 'same');
    const scored = record.isCrowded ? [] : record.edges.filter((edge) => !this.isCrowded(otherEnd(edge, id)));
    return [...scored, ...judged].map((pair) => otherEnd(pair, id));
  }

  private isCrowded(id: string): boolean {
    return this.loaded.get(id)?.isCrowded ?? false;
  }

  private unfetched(ids: Iterable<string>): { kind: string; key: string }[] {
    const values = new Map<string, { kind: string; key: string }>();
    for (const id of ids) {
      for (const { kind, key } of this.loaded.get(id)?.identifiers ?? []) {
        const value = valueId(kind, key);
        if (!this.fetched.has(value) && !this.blocked.has(value)) values.set(value, { kind, key });
      }
    }
    return [...values.values()];
  }

  private async load(
    ids: readonly string[],
    values: readonly { kind: string; key: string }[],
    slack: number,
  ): Promise<void> {
    // Above what makes a value generic, by as many as may have come just now, so that crossing the limit is noticed.
    const rows = await reach(this.tx, ids, values, overFull + 1 + slack);
    for (const row of rows) {
      this.loaded.set(row.id, row);
      for (const value of row.blocked) this.blocked.add(value);
    }
    const near = rows.filter((row) => row.isNear).flatMap((row) => row.identifiers);
    for (const { kind, key } of [...values, ...near]) {
      const value = valueId(kind, key);
      if (!this.fetched.has(value) && !this.blocked.has(value)) this.fetched.set(value, { kind, holders: new Map() });
    }
    for (const record of this.loaded.values()) {
      for (const { kind, key } of record.identifiers) {
        this.fetched.get(valueId(kind, key))?.holders.set(record.id, record);
      }
    }
  }

  /** All holders of a value are read together, so what it is worth does not change while the region grows. */
  private isWorthless(value: string): boolean {
    if (this.blocked.has(value)) return true;
    const entry = this.fetched.get(value);
    if (!entry) return false;
    const known = this.generic.get(value) ?? this.isGeneric(entry.kind, [...entry.holders.values()]);
    this.generic.set(value, known);
    return known;
  }

  private isGeneric(kind: string, holders: readonly LiveRecord[]): boolean {
    const description = this.kinds.get(kind);
    if (!description) return true;
    if (description.class === 'device') return holders.length > crowdedDevice;
    return valueState(holders, description, this.kinds) === 'generic';
  }

  /** Holders of the changed records' values, but for those values that were worth nothing before and are so now. */
  private affectedHolders(changed: Before): string[] {
    const values = new Set<string>();
    for (const [id, before] of changed) {
      for (const held of [...(before?.identifiers ?? []), ...(this.loaded.get(id)?.identifiers ?? [])]) {
        if (held.asserted) values.add(valueId(held.kind, held.key));
      }
    }
    const holders = new Set<string>();
    for (const value of values) {
      const entry = this.fetched.get(value);
      if (!entry || this.blocked.has(value)) continue;
      if (this.isWorthless(value) && this.wasGeneric(value, entry, changed)) continue;
      for (const holder of entry.holders.keys()) holders.add(holder);
    }
    return [...holders];
  }

  private wasGeneric(value: string, entry: Value, changed: Before): boolean {
    const holds = (record: LiveRecord): boolean =>
      record.identifiers.some((held) => held.asserted && valueId(held.kind, held.key) === value);
    const unchanged = [...entry.holders.values()].filter((holder) => !changed.has(holder.id));
    const earlier = [...changed.values()].filter((record) => record !== undefined).filter(holds);
    return this.isGeneric(entry.kind, [...unchanged, ...earlier]);
  }
}

function otherEnd({ lo, hi }: { lo: string; hi: string }, id: string): string {
  return lo === id ? hi : lo;
}

function distinct<T>(list: readonly T[], key: (one: T) => string): T[] {
  return [...new Map(list.map((one) => [key(one), one])).values()];
}
