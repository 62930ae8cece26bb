import fc from 'fast-check';
import { identifierKinds as kinds } from '../../src/identity/identifier-kinds.js';
import { blockable } from '../../src/identity/block/blocked.store.js';
import { valueId } from '../../src/identity/partition/live-record.js';
import type { Observation } from '../../src/identity/record/observation.js';
import type { Tx } from '../../src/platform/database/transactions.js';
import * as after from './identity-model.js';
import type { Replay, Verdict, Word, World } from './identity-model.js';
import type { IdentityStage } from './identity-stage.js';
import { observation, sighting, values } from './identity-world.js';

/** What a client does; numbers pick from what was there when the round began, as somebody picks who looks at a page of then. */
export type Command =
  | { do: 'say' | 'see'; observations: readonly Observation[] }
  | { do: 'judge'; pick: readonly [number, number]; verdict: Verdict; by: string }
  | { do: 'revoke'; pick: number; by: string }
  | { do: 'remove'; pick: number }
  | { do: 'withdraw'; pick: readonly [number, number] }
  | { do: 'block' | 'unblock'; kind: string; n: number };

/** Does a command in a transaction, as the product does, and says what it makes of the world. */
type Work = (tx: Tx) => Promise<Replay>;

const staff = [1, 2].map((n) => `00000000-0000-4000-8000-0000000000a${n}`);
const by = fc.constantFrom(...staff);
const pick = fc.nat(50);
const verdict = fc.constantFrom<Verdict>('same', 'same', 'different', 'different', 'unsure');
const said = fc.array(observation, { minLength: 1, maxLength: 3 });
const is = <Name extends Command['do']>(name: Name): fc.Arbitrary<Name> => fc.constant(name);

/** Adds and changes records, sees a browser, judges, takes back, forgets; blocks a mail address, or registers a device as a store's. */
export const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: is('say'), observations: said }) },
  { weight: 2, arbitrary: fc.record({ do: is('see'), observations: fc.tuple(sighting) }) },
  { weight: 4, arbitrary: fc.record({ do: is('judge'), pick: fc.tuple(pick, pick), verdict, by }) },
  { weight: 2, arbitrary: fc.record({ do: is('revoke'), pick, by }) },
  { weight: 2, arbitrary: fc.record({ do: is('remove'), pick }) },
  { weight: 1, arbitrary: fc.record({ do: is('withdraw'), pick: fc.tuple(pick, pick) }) },
  { weight: 1, arbitrary: fc.record({ do: is('block'), kind: fc.constantFrom('email', 'device'), n: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ do: is('unblock'), kind: fc.constantFrom('email', 'device'), n: fc.nat(3) }) },
);

/** What a command comes to for a client who has seen this of the world; undefined when it picks what is not there. */
export function workOf(stage: IdentityStage, one: Command, seen: World): Work | undefined {
  const records = [...seen.records.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  if ('observations' in one) return say(stage, one.observations);
  if ('kind' in one) return block(stage, one);
  if (one.do === 'revoke') {
    const words = seen.words.filter(({ revokedAt }) => revokedAt === undefined);
    return onPicked(at(words, one.pick), (word) => revoke(stage, word, one.by));
  }
  if (one.do === 'remove') return onPicked(at(records, one.pick), ({ id }) => remove(stage, id));
  const first = at(records, one.pick[0]);
  if (one.do === 'withdraw')
    return onPicked(first, ({ id, identifiers }) =>
      onPicked(at(identifiers, one.pick[1]), (value) => withdraw(stage, id, value)),
    );
  const [a, b] = [first?.id, at(records, one.pick[1])?.id];
  return a === undefined || b === undefined || a === b ? undefined : judge(stage, { ...one, a, b });
}

function at<T>(list: readonly T[], n: number): T | undefined {
  return list[n % Math.max(list.length, 1)];
}

function onPicked<T>(picked: T | undefined, work: (picked: T) => Work | undefined): Work | undefined {
  return picked === undefined ? undefined : work(picked);
}

function say({ identity }: IdentityStage, observations: readonly Observation[]): Work {
  return async (tx) => {
    const outcome = await identity.observe(tx, observations);
    return after.observed(
      observations,
      outcome.map(({ recordId }) => recordId),
    );
  };
}

function judge({ identity, clock }: IdentityStage, word: { a: string; b: string; verdict: Verdict; by: string }): Work {
  const { a, b, verdict: spoken } = word;
  return async (tx) => {
    for (const id of [a, b])
      if ((await identity.customerOf(tx, id)) === undefined) return after.refused(({ records }) => !records.has(id));
    // Nobody else says it in these words, by which it is found again.
    const why = `said at ${clock.now().getTime()}`;
    await identity.judge(tx, { a, b, verdict: spoken, by: { kind: 'staff', id: word.by }, why });
    const [kept] = await tx.query<{ at: Date }>('SELECT at FROM judgement WHERE why = $1', [why]);
    return after.judged(word, kept?.at.getTime());
  };
}

function revoke({ identity }: IdentityStage, word: Word, id: string): Work {
  return async (tx) => {
    const [known] = await tx.query<{ id: string }>(
      'SELECT id FROM judgement WHERE lo = $1 AND hi = $2 AND at = $3 AND revoked_at IS NULL',
      [word.lo, word.hi, new Date(word.at)],
    );
    if (!known) return after.refused((world) => after.revoked(word)(world) === undefined);
    await identity.revoke(tx, known.id, { kind: 'staff', id });
    return after.revoked(word);
  };
}

function remove({ identity }: IdentityStage, id: string): Work {
  return async (tx) => {
    await identity.remove(tx, [id]);
    return after.removed(id);
  };
}

function withdraw({ identity }: IdentityStage, id: string, value: { kind: string; key: string }): Work {
  return async (tx) => {
    await identity.withdraw(tx, id, [value]);
    return after.withdrawn(id, value);
  };
}

function block({ identity }: IdentityStage, { do: what, kind, n }: { do: string; kind: string; n: number }): Work {
  const value = { kind, value: values[kind]?.(n) ?? '' };
  const { key } = blockable(value, kinds);
  return async (tx) => {
    if (what === 'block') await identity.block(tx, { ...value, reason: 'of the store' });
    else await identity.unblock(tx, value);
    return after.blocked(valueId(kind, key), what === 'block');
  };
}
