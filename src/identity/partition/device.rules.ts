import type { IdentifierKinds } from '../identifier-kinds.js';
import { type Clusters, unguarded } from './clusters.js';
import { type HeldIdentifier, type LiveRecord, valueId } from './live-record.js';

/** Two events on one device further apart than this may be two people's; measured between the events. */
export const deviceWindow = 365 * 86_400_000;

/** A device on more records than this stands in a place. */
export const crowdedDevice = 50;

interface Sighting {
  record: LiveRecord;
  held: HeldIdentifier;
}

/**
 * Carries each record of nobody in particular to the one person who is known on its device within the window. Two
 * known people, and it stays alone; nobody known, and the device's own records stand together. A device never joins
 * two who are known.
 */
export function attachDevices(
  records: readonly LiveRecord[],
  clusters: Clusters,
  { blocked, kinds }: { blocked: ReadonlySet<string>; kinds: IdentifierKinds },
): void {
  const devices = sightingsByDevice(records, blocked, kinds);
  const knownHeads = new Set<string>();
  for (const record of records) if (isKnown(record, kinds)) knownHeads.add(clusters.head(record.id));
  const somebody = new Set<string>();
  const nobody: LiveRecord[] = [];
  for (const record of records) {
    if (knownHeads.has(clusters.head(record.id)) || clusters.size(record.id) > 1) somebody.add(record.id);
    else nobody.push(record);
  }
  const joins: [string, string][] = [];
  const left: LiveRecord[] = [];
  for (const record of nobody) {
    const heads = new Set<string>();
    for (const { held, others } of neighbours(record, devices)) {
      for (const other of others)
        if (somebody.has(other.record.id) && areNear(held, other.held)) heads.add(clusters.head(other.record.id));
    }
    const [only] = heads;
    if (heads.size === 1 && only !== undefined) joins.push([only, record.id]);
    else if (heads.size === 0) left.push(record);
  }
  for (const [head, id] of joins) clusters.join(head, id, unguarded);
  joinNeighbours(left, devices, clusters);
}

function joinNeighbours(left: readonly LiveRecord[], devices: Map<string, Sighting[]>, clusters: Clusters): void {
  const among = new Set(left.map((record) => record.id));
  for (const record of left) {
    for (const { held, others } of neighbours(record, devices)) {
      for (const other of others) {
        if (other.record.rank < record.rank && among.has(other.record.id) && areNear(held, other.held)) {
          clusters.join(other.record.id, record.id, unguarded);
        }
      }
    }
  }
}

function* neighbours(
  record: LiveRecord,
  devices: Map<string, Sighting[]>,
): Generator<{ held: HeldIdentifier; others: Sighting[] }> {
  for (const held of record.identifiers) {
    const others = devices.get(valueId(held.kind, held.key));
    if (held.asserted && others) yield { held, others };
  }
}

function sightingsByDevice(
  records: readonly LiveRecord[],
  blocked: ReadonlySet<string>,
  kinds: IdentifierKinds,
): Map<string, Sighting[]> {
  const devices = new Map<string, Sighting[]>();
  for (const record of records) {
    for (const held of record.identifiers) {
      const value = valueId(held.kind, held.key);
      if (!held.asserted || kinds.get(held.kind)?.class !== 'device' || blocked.has(value)) continue;
      devices.set(value, [...(devices.get(value) ?? []), { record, held }]);
    }
  }
  for (const [value, sightings] of devices) if (sightings.length > crowdedDevice) devices.delete(value);
  return devices;
}

/** Somebody in particular: a name, or an asserted value of a person. */
function isKnown(record: LiveRecord, kinds: IdentifierKinds): boolean {
  if (record.name !== undefined) return true;
  return record.identifiers.some((held) => {
    const kind = kinds.get(held.kind)?.class;
    return held.asserted && (kind === 'personal' || kind === 'contact');
  });
}

function areNear(a: HeldIdentifier, b: HeldIdentifier): boolean {
  return Math.max(a.from, b.from) - Math.min(a.to, b.to) <= deviceWindow;
}
