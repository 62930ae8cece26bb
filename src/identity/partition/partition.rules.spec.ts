import fc from 'fast-check';
import { runs } from '../../../test/support/runs.js';
import { model } from '../evidence/model.js';
import { identifierKinds as kinds } from '../identifier-kinds.js';
import { parseName } from '../normalise/name.rules.js';
import { worlds } from './arbitraries.js';
import { type HeldIdentifier, type LiveRecord, valueId } from './live-record.js';
import { partition, type PartitionInput } from './partition.rules.js';

const day = 86_400_000;

function record(
  id: string,
  givenName: string | undefined,
  ...held: (Partial<HeldIdentifier> & { kind: string; key: string })[]
): LiveRecord {
  return {
    id,
    rank: id,
    name: parseName({ givenName }),
    identifiers: held.map((one) => ({ asserted: true, from: 0, to: 0, ...one })),
  };
}

function customers(records: LiveRecord[], more: Partial<PartitionInput> = {}): string[] {
  return partition({ records, edges: [], judgements: [], blocked: new Set(), kinds, model, ...more }).clusters.map(
    (ids) => ids.join('+'),
  );
}

const email = (key: string, asserted = true) => ({ kind: 'email', key, asserted });
const phone = (key: string) => ({ kind: 'phone', key });
const device = (key: string, at = 0) => ({ kind: 'device', key, from: at, to: at });
const account = (key: string) => ({ kind: 'account', key });
const judged = (lo: string, hi: string, verdict: 'same' | 'different', at = 1) => ({
  id: `${lo}${hi}${at}`,
  lo,
  hi,
  verdict,
  at,
});

describe('partition', () => {
  it('joins what proofs join and leaves claims alone', () => {
    expect(customers([record('a', 'Ada', email('x')), record('b', undefined, email('x'))])).toEqual(['a+b']);
    expect(customers([record('a', 'Ada', email('x')), record('b', undefined, email('x', false))])).toEqual(['a', 'b']);
  });

  it('counts a value in the score of a pair only where one of the two asserts it', () => {
    const evidence = [
      { field: 'mail', level: 'exact', group: 'household' as const, weight: 16, values: [valueId('email', 'x')] },
      { field: 'birth', level: 'exact', group: 'personal' as const, weight: 14 },
    ];
    const told = (byA: boolean, byB: boolean) =>
      customers([record('a', 'Ada', email('x', byA)), record('b', 'Ada', email('x', byB))], {
        edges: [{ lo: 'a', hi: 'b', evidence }],
      });
    expect(told(false, true)).toEqual(['a+b']);
    expect(told(false, false)).toEqual(['a', 'b']);
  });

  it('leaves to a person what would be certain, did nobody else hold the value', () => {
    const evidence = [
      { field: 'family', level: 'exact', group: 'household' as const, weight: 8 },
      { field: 'mail', level: 'exact', group: 'personal' as const, weight: 16, values: [valueId('email', 'x')] },
    ];
    const pair = [record('a', undefined, email('x')), record('b', undefined, email('x', false))];
    const asked = (...others: LiveRecord[]) =>
      partition({
        records: [...pair, ...others],
        edges: [{ lo: 'a', hi: 'b', evidence }],
        judgements: [],
        blocked: new Set(),
        kinds,
        model,
      });
    expect(asked()).toMatchObject({ clusters: [['a', 'b']], refused: [] });
    const shared = asked(record('c', 'Bill', email('x')), record('d', 'Ada', email('x')));
    expect(shared.clusters).not.toContainEqual(['a', 'b']);
    expect(shared.refused).toEqual([{ lo: 'a', hi: 'b', by: 'worth' }]);
  });

  it('joins over several values', () => {
    expect(
      customers([
        record('a', 'Ada', email('x')),
        record('b', undefined, email('x'), phone('1')),
        record('c', 'Ada', phone('1')),
      ]),
    ).toEqual(['a+b+c']);
  });

  it('takes apart what a value had joined once two people share it, unless first names agree', () => {
    const [ada, nameless] = [record('a', 'Ada', email('x')), record('b', undefined, email('x'))];
    expect(customers([ada, nameless, record('c', 'Bert', email('x'))])).toEqual(['a', 'b', 'c']);
    expect(customers([ada, nameless, record('c', 'Bert', email('x')), record('d', 'Ada', email('x'))])).toEqual([
      'a+d',
      'b',
      'c',
    ]);
  });

  it('gives no weight to a value of three people, however they agree', () => {
    const shared = ['Ada', 'Bert', 'Cleo', 'Ada'].map((name, index) => record(`r${index}`, name, phone('1')));
    expect(customers(shared)).toEqual(['r0', 'r1', 'r2', 'r3']);
  });

  it('counts people without names by the accounts they hold', () => {
    const held = (n: number) =>
      Array.from({ length: n }, (_, i) => record(`r${i}`, undefined, account(`shop:${i}`), email('x')));
    expect(customers(held(2))).toEqual(['r0+r1']);
    expect(customers(held(3))).toEqual(['r0', 'r1', 'r2']);
  });

  it('gives no weight to a blocked value', () => {
    expect(
      customers([record('a', 'Ada', email('x')), record('b', 'Ada', email('x'))], {
        blocked: new Set([valueId('email', 'x')]),
      }),
    ).toEqual(['a', 'b']);
  });

  it('does not chain two first names over a nameless record', () => {
    expect(
      customers([
        record('a', 'Ada', email('x')),
        record('b', undefined, email('x'), phone('1')),
        record('c', 'Bert', phone('1')),
      ]),
    ).toEqual(['a+b', 'c']);
  });

  it('lets a judgement outrank proofs, and the later outrank the earlier', () => {
    const pair = [record('a', 'Ada', email('x')), record('b', 'Ada', email('x'))];
    expect(customers(pair, { judgements: [judged('a', 'b', 'different')] })).toEqual(['a', 'b']);
    expect(customers(pair, { judgements: [judged('a', 'b', 'different'), judged('a', 'b', 'same', 2)] })).toEqual([
      'a+b',
    ]);
    expect(customers([record('a', 'Ada'), record('b', 'Bert')], { judgements: [judged('a', 'b', 'same')] })).toEqual([
      'a+b',
    ]);
  });

  it('carries an anonymous record to the one person known on its device, within the window', () => {
    const ada = record('a', 'Ada', email('x'), device('s:1', 0));
    expect(customers([ada, record('b', undefined, device('s:1', 10 * day))])).toEqual(['a+b']);
    expect(customers([ada, record('b', undefined, device('s:1', 500 * day))])).toEqual(['a', 'b']);
    const bert = record('c', 'Bert', email('y'), device('s:1', 0));
    expect(customers([ada, record('b', undefined, device('s:1', 10 * day)), bert])).toEqual(['a', 'b', 'c']);
    expect(
      customers([ada, record('b', undefined, device('s:1'))], { blocked: new Set([valueId('device', 's:1')]) }),
    ).toEqual(['a', 'b']);
  });

  it('keeps the anonymous records of one device together', () => {
    expect(customers([record('a', undefined, device('s:1')), record('b', undefined, device('s:1'))])).toEqual(['a+b']);
  });

  it('comes out the same from any order of the same input', () => {
    const shuffled = worlds(kinds).chain((world) =>
      fc.tuple(
        fc.constant(world),
        fc.shuffledSubarray([...world.records], { minLength: world.records.length }),
        fc.shuffledSubarray([...world.edges], { minLength: world.edges.length }),
        fc.shuffledSubarray([...world.judgements], { minLength: world.judgements.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([world, records, edges, judgements]) => {
        expect(partition({ ...world, records, edges, judgements }).clusters).toEqual(partition(world).clusters);
      }),
      { numRuns: runs(100_000) },
    );
  });

  it('never puts records together that were judged different last', () => {
    fc.assert(
      fc.property(worlds(kinds), (world) => {
        const { clusters } = partition(world);
        const customer = new Map(clusters.flatMap((ids, index) => ids.map((id) => [id, index] as const)));
        const last = new Map<string, PartitionInput['judgements'][number]>();
        for (const one of world.judgements) {
          const before = last.get(`${one.lo} ${one.hi}`);
          if (!before || before.at < one.at || (before.at === one.at && before.id < one.id))
            last.set(`${one.lo} ${one.hi}`, one);
        }
        for (const { lo, hi, verdict } of last.values()) {
          if (verdict === 'different') expect(customer.get(lo)).not.toBe(customer.get(hi));
        }
      }),
      { numRuns: runs(20_000) },
    );
  });
});
