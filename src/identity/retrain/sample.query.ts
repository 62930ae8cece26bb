import type { Tx } from '../../platform/database/transactions.js';
import { overFullKey } from '../evidence/blocking.rules.js';
import type { Evidence } from '../evidence/evidence.js';
import type { Model } from '../evidence/model.js';
import type { Profile } from '../evidence/profile.rules.js';
import { compare } from '../evidence/score.rules.js';
import { pairOf } from '../judge/judgement.store.js';
import { profilesOf } from '../resolve/match-key.store.js';
import type { Sample } from './estimate.rules.js';

/** Pairs taken of one key, so that a common name does not fill the sample. */
const pairsOfKey = 10;

/** Records of which strangers are made, and how many each meets. */
const strangers = { records: 3000, each: 10 };

/** Profiles read at once. */
const chunk = 5000;

/** Compares about so many pairs that share a blocking key, and pairs of any two records; which ones depends on the seed. */
export async function readSample(
  tx: Tx,
  { pairs, seed, model }: { pairs: number; seed: number; model: Model },
): Promise<Sample> {
  const candidates = await candidatePairs(tx, pairs, seed);
  const rows = await tx.query<{ id: string }>(`SELECT id FROM record ORDER BY md5(id::text || $1) LIMIT $2`, [
    String(seed),
    strangers.records,
  ]);
  const any = rows.flatMap(({ id }, index) =>
    rows.slice(index + 1, index + 1 + strangers.each).map((other) => pairOf(id, other.id)),
  );
  return { candidates: await compared(tx, candidates, model), strangers: await compared(tx, any, model) };
}

/** Keys in the order of their hashes, which are as good as random, from a place that the seed gives. */
async function candidatePairs(tx: Tx, most: number, seed: number): Promise<{ lo: string; hi: string }[]> {
  const pairs = new Map<string, { lo: string; hi: string }>();
  const from = ((BigInt(seed) * 0x9e3779b97f4a7c15n) & 0xffffffffffffffffn) >> 11n;
  for (const range of ['hash >= $1', 'hash < $1']) {
    const rows = await tx.query<{ ids: string[] }>(
      `SELECT array_agg(record_id::text ORDER BY record_id) AS ids FROM match_key WHERE ${range}
       GROUP BY hash HAVING count(*) BETWEEN 2 AND ${overFullKey} ORDER BY hash LIMIT $2`,
      [from.toString(), most],
    );
    for (const { ids } of rows) {
      const ofKey = ids.flatMap((id, index) => ids.slice(index + 1).map((other) => pairOf(id, other)));
      for (const pair of ofKey.slice(0, pairsOfKey)) pairs.set(`${pair.lo} ${pair.hi}`, pair);
      if (pairs.size >= most) return [...pairs.values()].slice(0, most);
    }
  }
  return [...pairs.values()];
}

async function compared(tx: Tx, pairs: readonly { lo: string; hi: string }[], model: Model): Promise<Evidence[][]> {
  const evidence: Evidence[][] = [];
  for (let at = 0; at < pairs.length; at += chunk) {
    const part = pairs.slice(at, at + chunk);
    const profiles = await profilesOf(tx, [...new Set(part.flatMap(({ lo, hi }) => [lo, hi]))]);
    for (const { lo, hi } of part) {
      const [one, other] = [profiles.get(lo)?.profile, profiles.get(hi)?.profile] as (Profile | undefined)[];
      if (one && other) evidence.push(compare(one, other, model));
    }
  }
  return evidence;
}
