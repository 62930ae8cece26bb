/** Records that hang together, however loosely; grows by pairs (union by size). */
export class Groups {
  private readonly of = new Map<string, Set<string>>();

  /** Puts two records together; the size of their group. */
  join(a: string, b: string): number {
    const [one, other] = [this.members(a), this.members(b)];
    if (one === other) return one.size;
    const [into, from] = one.size >= other.size ? [one, other] : [other, one];
    for (const id of from) {
      into.add(id);
      this.of.set(id, into);
    }
    return into.size;
  }

  /** Everybody in the group of a record, herself included. */
  members(id: string): Set<string> {
    const known = this.of.get(id);
    if (known) return known;
    const alone = new Set([id]);
    this.of.set(id, alone);
    return alone;
  }
}
