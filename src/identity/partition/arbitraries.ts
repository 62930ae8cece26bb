import fc from 'fast-check';
import { model } from '../evidence/model.js';
import type { IdentifierKinds } from '../identifier-kinds.js';
import { parseName } from '../normalise/name.rules.js';
import { type LiveJudgement, type LiveRecord, type ScoredEdge, valueId } from './live-record.js';
import type { PartitionInput } from './partition.rules.js';

const givenNames = ['Ada', 'Adam', 'Bill', 'William', 'Chloe', 'Andrea', 'Andreas', 'A'];
const pool: Record<string, number> = { email: 5, phone: 5, loyalty: 4, account: 4, device: 4, crm: 3 };

const identifier = fc
  .record({
    kind: fc.constantFrom(...Object.keys(pool)),
    value: fc.nat(4),
    asserted: fc.boolean(),
    from: fc.nat(200),
    span: fc.nat(20),
  })
  .map(({ kind, value, asserted, from, span }) => ({
    kind,
    key: `s:${value % (pool[kind] ?? 1)}`,
    asserted,
    from: from * 86_400_000,
    to: (from + span) * 86_400_000,
  }));

const person = fc.record({
  name: fc.option(fc.constantFrom(...givenNames), { nil: undefined }),
  identifiers: fc.uniqueArray(identifier, { maxLength: 4, selector: (held) => valueId(held.kind, held.key) }),
});

/** Small worlds in which everything collides: few values, few names, many judgements. */
export function worlds(kinds: IdentifierKinds): fc.Arbitrary<PartitionInput> {
  return fc.array(person, { minLength: 1, maxLength: 14 }).chain((people) => {
    const records: LiveRecord[] = people.map(({ name, identifiers }, index) => ({
      id: `r${String(index).padStart(2, '0')}`,
      rank: `r${String(index).padStart(2, '0')}`,
      name: parseName({ givenName: name }),
      identifiers,
    }));
    const pair = fc
      .tuple(fc.nat(records.length - 1), fc.nat(records.length - 1))
      .filter(([a, b]) => a !== b)
      .map(([a, b]) => ({
        lo: (records[Math.min(a, b)] as LiveRecord).id,
        hi: (records[Math.max(a, b)] as LiveRecord).id,
      }));
    const pairs = records.length > 1 ? pair : fc.constant({ lo: 'r00', hi: 'r01' });
    const edge: fc.Arbitrary<ScoredEdge> = fc.tuple(pairs, fc.integer({ min: 10, max: 40 })).map(([ends, weight]) => ({
      ...ends,
      evidence: [{ field: 'given', level: 'exact', weight, group: 'personal' as const }],
    }));
    const judgement: fc.Arbitrary<LiveJudgement> = fc
      .tuple(pairs, fc.constantFrom('same' as const, 'different' as const, 'unsure' as const), fc.nat(5), fc.uuid())
      .map(([ends, verdict, at, id]) => ({ ...ends, verdict, at, id }));
    const some = <T>(one: fc.Arbitrary<T>, maxLength: number): fc.Arbitrary<T[]> =>
      records.length > 1 ? fc.array(one, { maxLength }) : fc.constant([]);
    return fc.record({
      records: fc.constant(records),
      edges: some(edge, 5),
      judgements: some(judgement, 5),
      blocked: fc.subarray([valueId('device', 's:0'), valueId('email', 's:0')]).map((values) => new Set(values)),
      kinds: fc.constant(kinds),
      model: fc.constant(model),
    });
  });
}
