import { blockingKeys, isWeakKind, meetingWeight } from '../../src/identity/evidence/blocking.rules.js';
import { model } from '../../src/identity/evidence/model.js';
import type { Profile } from '../../src/identity/evidence/profile.rules.js';
import { compare } from '../../src/identity/evidence/score.rules.js';
import { tiesOf } from '../../src/identity/explain/ties.query.js';
import { strongestPath } from '../../src/identity/explain/ties.rules.js';
import type { ScoredEdge } from '../../src/identity/partition/live-record.js';
import type { IdentityStage } from './identity-stage.js';

const tables = [
  ...['record', 'identifier', 'match_key', 'edge', 'judgement', 'membership', 'customer', 'customer_alias'],
  ...['customer_change', 'blocked_value', 'outbox'],
];

/** Forgets everything that identity holds; of a few rows that is faster than to truncate. */
export async function wipe({ database }: IdentityStage): Promise<void> {
  await database.query(tables.map((table) => `DELETE FROM ${table}`).join(';'));
}

/** The pairs that share enough keys to be compared, all of them compared. */
export function scored(rows: readonly { id: string; profile: Profile }[]): ScoredEdge[] {
  const holders = new Map<string, Set<number>>();
  rows.forEach(({ profile }, index) => {
    for (const { kind, text } of blockingKeys(profile)) {
      holders.set(`${kind} ${text}`, (holders.get(`${kind} ${text}`) ?? new Set()).add(index));
    }
  });
  const edges: ScoredEdge[] = [];
  for (const [i, a] of rows.entries()) {
    for (const [j, b] of rows.entries()) {
      if (a.id >= b.id) continue;
      const shared = [...holders].filter(([, group]) => group.has(i) && group.has(j));
      const weight = shared.reduce(
        (sum, [key, { size }]) => sum + meetingWeight(isWeakKind(key.slice(0, key.indexOf(' '))), size),
        0,
      );
      if (weight >= 1) edges.push({ lo: a.id, hi: b.id, evidence: compare(a.profile, b.profile, model) });
    }
  }
  return edges;
}

/** Who is one customer, the lowest record first, and which pairs a guard holds apart: `lo hi guard`. */
export interface StoredPartition {
  customers: string[][];
  refused: string[];
}

/** The partition as it is stored. */
export async function stored({ database }: IdentityStage): Promise<StoredPartition> {
  const rows = await database.query<{ id: string; ids: string[] }>(
    'SELECT customer_id AS id, array_agg(record_id::text ORDER BY record_id) AS ids FROM membership GROUP BY 1 ORDER BY 1',
  );
  for (const { id, ids } of rows) expect(id).toBe(ids[0]);
  const refused = await database.query<{ said: string }>(
    `SELECT lo || ' ' || hi || ' ' || refused AS said FROM edge WHERE refused IS NOT NULL`,
  );
  return { customers: rows.map((row) => row.ids), refused: refused.map(({ said }) => said).sort() };
}

/** Records of a customer to whom nothing that is stored leads from her first one. */
export async function unexplained(stage: IdentityStage, customers: readonly string[][]): Promise<string[]> {
  const lost: string[] = [];
  for (const [first, ...others] of customers) {
    if (first === undefined || others.length === 0) continue;
    const ties = await stage.run((tx) => tiesOf(tx, first));
    lost.push(...others.filter((id) => strongestPath(ties, first, id) === undefined));
  }
  return lost;
}

/** Old ids that lead to nobody, on to another old id, or elsewhere than the record of that id. */
export async function wrongAliases({ database }: IdentityStage): Promise<object[]> {
  return database.query(
    `SELECT a.* FROM customer_alias a LEFT JOIN membership m ON m.record_id = a.alias_id
     WHERE NOT EXISTS (SELECT FROM membership x WHERE x.customer_id = a.customer_id) OR m.customer_id <> a.customer_id`,
  );
}
