import { profileOfRecord } from '../../src/identity/record/record.rules.js';
import { partitionOf, type Word, type World } from './identity-model.js';
import { stored } from './identity-partition.js';
import type { IdentityStage } from './identity-stage.js';

/** Everything that there is, as sorted lines. */
export type View = Record<'customers' | 'refused' | 'records' | 'words' | 'blocked', readonly string[]>;

type Held = [kind: string, key: string, asserted: boolean, from: number, to: number];

interface Told {
  readonly customers: readonly (readonly string[])[];
  readonly refused: readonly string[];
  readonly records: readonly { id: string; profile: object; held: readonly Held[] }[];
  readonly words: readonly (Omit<Word, 'revokedAt'> & { isRevoked: boolean })[];
  readonly blocked: readonly string[];
}

/** A world with all that follows from it. */
export function viewOf(world: World): View {
  const records = [...world.records.values()].map((record) => ({
    id: record.id,
    profile: profileOfRecord(record),
    held: record.identifiers.map(({ kind, key, asserted, from, to }): Held => [kind, key, asserted, from, to]),
  }));
  const words = world.words.map(({ revokedAt, ...word }) => ({ ...word, isRevoked: revokedAt !== undefined }));
  return view({ ...partitionOf(world), records, words, blocked: [...world.blocked] });
}

/** The facts of a world alone, by which one that was reached in another order is known again. */
export function factsOf({ records, words, blocked }: World): string {
  return canonical([[...records.values()], words, [...blocked]].map(canonical));
}

/** What is stored. */
export async function storedView(stage: IdentityStage): Promise<View> {
  const { database } = stage;
  const records = await database.query<Told['records'][number]>(
    `SELECT r.id, r.normalised - 'asserted' AS profile, coalesce((
       SELECT json_agg(json_build_array(kind, key, asserted, extract(epoch FROM first_seen_at) * 1000, extract(epoch FROM last_seen_at) * 1000))
       FROM identifier WHERE record_id = r.id), '[]') AS held FROM record r`,
  );
  const words = await database.query<Told['words'][number]>(
    `SELECT lo, hi, verdict, by_id AS by, (extract(epoch FROM at) * 1000)::float8 AS at,
       revoked_at IS NOT NULL AS "isRevoked" FROM judgement`,
  );
  const blocked = await database.query<{ value: string }>("SELECT kind || ' ' || key AS value FROM blocked_value");
  return view({ ...(await stored(stage)), records, words, blocked: blocked.map(({ value }) => value) });
}

/** What is missing of a view, and what is too much. */
export function differences(expected: View, present: View): string[] {
  return (Object.keys(expected) as (keyof View)[]).flatMap((name) => [
    ...expected[name].filter((line) => !present[name].includes(line)).map((line) => `missing of ${name}: ${line}`),
    ...present[name].filter((line) => !expected[name].includes(line)).map((line) => `too much of ${name}: ${line}`),
  ]);
}

function view({ customers, refused, records, words, blocked }: Told): View {
  const spoken = ({ lo, hi, verdict, by, at, isRevoked }: Told['words'][number]): string =>
    `${at} ${verdict} ${lo} ${hi} ${by}${isRevoked ? ', taken back' : ''}`;
  return {
    customers: customers.map((ids) => ids.join(' ')),
    refused: [...refused].sort(),
    records: records.map(({ id, profile, held }) => `${id} ${canonical(profile)} ${canonical(held)}`).sort(),
    words: words.map(spoken).sort(),
    blocked: [...blocked].sort(),
  };
}

/** A value as text in which the order of fields and lists says nothing. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, of]) => of !== undefined);
  return `{${fields
    .map(([name, of]) => `${name}:${canonical(of)}`)
    .sort()
    .join()}}`;
}
