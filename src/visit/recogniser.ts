import { Injectable } from '@nestjs/common';
import type { Actor } from '../access/actor.js';
import type { Found } from '../identity/find.query.js';
import { IdentityService } from '../identity/identity.service.js';
import { Attempts, guessersOf } from '../pass/attempts.js';
import { Door } from '../pass/door.js';
import { CodeUnknown, PassExpired, type TooManyAttempts } from '../pass/pass-refusals.js';
import type { Reads } from '../pass/short-codes.js';
import type { Known, Used } from '../pass/verdict.rules.js';
import type { Tx } from '../platform/database/transactions.js';
import { Clock } from '../shared/clock.js';
import { groupBy } from '../shared/group.js';
import { people } from './people.query.js';
import { recognise, strengthWhen, type Identity, type Person, type Sign } from './recognition.rules.js';
import type { VisitStore } from './visit-store.query.js';

/** What was shown or said at the door, where, and when. */
export interface Brought {
  readonly store: VisitStore;
  readonly actor: Actor;
  readonly code?: string | null | undefined;
  readonly identifiers: readonly { readonly kind: string; readonly value: string }[];
  readonly name?: string | null | undefined;
  /** When it was shown, by the corrected clock of the tablet. */
  readonly at: Date;
  /** The tablet had no connection then. */
  readonly offline: boolean;
}

/** Who it is, what was shown, and the configuration it opens. */
export interface Heard {
  readonly identity: Identity;
  readonly configurationId: string | null;
  /** Good, and to be redeemed once the visit is known. */
  readonly shown: Known | null;
}

/** Somebody who is looked for. */
export interface Meant {
  readonly storeId: string;
  readonly identifiers: Brought['identifiers'];
  readonly name?: string | undefined;
}

/** What people bear of what was said, and how many of the stated identifiers nobody bears. */
export interface Signs {
  readonly signs: readonly Sign[];
  readonly missed: number;
}

/** Why a code opens nothing. */
export type CodeRefusal = CodeUnknown | PassExpired | TooManyAttempts;

/** What became of it: somebody or nobody, a pass that was used before, or a refusal. */
export type Listened = { readonly heard: Heard } | { readonly used: Used } | { readonly refusal: CodeRefusal };

/** Identifiers of things, not of people: a device in a store identifies nobody. */
const ofThings = new Set(['device']);

/** Finds out who somebody is by what she shows and says; takes nothing and writes nothing but misses. */
@Injectable()
export class Recogniser {
  constructor(
    private readonly door: Door,
    private readonly attempts: Attempts,
    private readonly identity: IdentityService,
    private readonly clock: Clock,
  ) {}

  /** Judges the code first, then everything that was said beside it; what nobody bears is a miss, like an unknown code. */
  async listen(tx: Tx, brought: Brought): Promise<Listened> {
    const code = brought.code?.trim() ? brought.code : undefined;
    const sought = soughtOf(brought.identifiers, brought.store.source.country);
    if (code === undefined && sought.length === 0) return { heard: await this.withName(tx, brought, []) };
    const guessers = countedFor(brought);
    const now = this.clock.now();
    const [barred, verdict] = await Promise.all([
      this.attempts.refusal(tx, guessers, now),
      code === undefined ? undefined : this.door.judge(tx, code, brought.at),
    ]);
    if (barred) return { refusal: barred };
    await this.identity.lockStated(tx, sought);
    const said = await this.said(tx, sought);
    const missed = missesOf(sought, said);
    const excess = missed > 0 && (await this.attempts.miss(tx, guessers, now, missed));
    if (excess) return { refusal: excess };
    if (verdict === undefined) return { heard: await this.withName(tx, brought, said) };
    switch (verdict.state) {
      case 'unknown':
        return { refusal: (await this.attempts.miss(tx, guessers, now)) ?? new CodeUnknown() };
      case 'expired':
        return { refusal: new PassExpired(verdict.expiredAt) };
      case 'used':
        return { used: verdict };
      case 'several':
        return { heard: heardFrom([cardOf(verdict.people), ...said], null, null) };
      case 'known': {
        const signs = await this.signsOf(tx, verdict, brought);
        return { heard: heardFrom([...signs, ...said], verdict.configurationId, verdict) };
      }
    }
  }

  /** Who it is by a pass that opened this very visit and is shown once more: it speaks for her as presented, and is taken no second time. */
  async listenAgain(tx: Tx, { passId, recordId, configurationId }: Used, store: VisitStore): Promise<Heard> {
    const known: Known = { state: 'known', shown: 'PASS', passId, recordId, configurationId, strength: 'PRESENTED' };
    return heardFrom(await this.signsOf(tx, known, { store, offline: false }), configurationId, null);
  }

  /** Who may be meant by what was said, without any code. */
  async signs(db: Reads, { storeId, identifiers, name }: Meant): Promise<Signs> {
    const [store] = await db.query<{ country: string }>('SELECT country FROM store WHERE id = $1', [storeId]);
    const sought = soughtOf(identifiers, store?.country);
    const said = await this.said(db, sought);
    const missed = missesOf(sought, said);
    if (!name?.trim()) return { signs: said, missed };
    return { signs: [...said, { identifier: 'name', strength: 'STATED', people: await people(db, name) }], missed };
  }

  /** What was said by identifiers: those whom an assertion names come before those who merely claim the same. */
  private async said(db: Reads, sought: ReturnType<typeof soughtOf>): Promise<Sign[]> {
    if (sought.length === 0) return [];
    const found = await this.identity.find(db, sought);
    const byKey = groupBy(found, (one) => `${one.kind} ${one.key}`);
    return [...byKey.values()].map((same) => ({
      identifier: same[0].kind,
      strength: 'STATED',
      people: bearers(same),
    }));
  }

  /** A name alone never recognises anybody: those who bear it are candidates, unless something firmer was said. */
  private async withName(tx: Tx, brought: Brought, said: readonly Sign[]): Promise<Heard> {
    if (!brought.name?.trim()) return heardFrom(said, null, null);
    const firm = said.some((sign) => sign.people.length > 0);
    const named = await people(tx, brought.name);
    const sign: Sign = { identifier: 'name', strength: 'STATED', people: named };
    if (firm) return heardFrom(agreeing(said, sign), null, null);
    const heard = heardFrom([sign], null, null);
    const { identity } = heard;
    if (identity.recordId === null) return heard;
    const candidates = [{ recordId: identity.recordId, reasons: identity.reasons }];
    return { ...heard, identity: { ...identity, recordId: null, candidates } };
  }

  /** What was shown, and the owners of what its record merely claims: they are candidates until one is greeted by name. */
  private async signsOf(tx: Tx, known: Known, { offline, store }: Pick<Brought, 'offline' | 'store'>): Promise<Sign[]> {
    if (known.shown === 'CODE') return [{ identifier: 'configuration', strength: 'NONE', people: [] }];
    const customerId = await this.identity.customerOf(tx, known.recordId);
    const strength = strengthWhen(offline, known.strength);
    const bearer = customerId === undefined ? [] : [{ customerId, recordId: known.recordId }];
    const sign: Sign = { identifier: signNames[known.shown], strength, people: bearer };
    if (strength === 'VERIFIED') return [sign];
    const owners = await this.ownersOfClaims(tx, known.recordId, store.source.country);
    const others = owners.filter((owner) => owner.customerId !== customerId);
    return others.length === 0 ? [sign] : [sign, { identifier: 'claim', strength, people: others }];
  }

  /** Those whom an assertion names by a value that this record claims. */
  private async ownersOfClaims(tx: Tx, recordId: string, country: string | undefined): Promise<Person[]> {
    const claims = await tx.prepared<{ kind: string; value: string; scope: string }>(
      'visit-claims-of-record',
      `SELECT i.kind, i.value, r.source_id AS scope FROM identifier i JOIN record r ON r.id = i.record_id
       WHERE i.record_id = $1 AND NOT i.asserted`,
      [recordId],
    );
    const sought = claims.filter(({ kind }) => !ofThings.has(kind)).map((claim) => ({ ...claim, country }));
    if (sought.length === 0) return [];
    return bearers(await this.identity.find(tx, sought, { assertedOnly: true }));
  }
}

/** What a customer announces is counted however it turns out, before it is judged: a count of what is unknown would tell her which numbers exist. */
function countedFor({ actor, store }: Brought): string[] {
  return actor.kind === 'PUBLIC' ? [] : guessersOf(actor, store.id);
}

const signNames = { PASS: 'pass', LINK: 'link', WALLET: 'wallet', CARD: 'loyalty' } as const;

function soughtOf(
  identifiers: Brought['identifiers'],
  country: string | undefined,
): { kind: string; value: string; country: string | undefined }[] {
  return identifiers.filter(({ kind }) => !ofThings.has(kind)).map(({ kind, value }) => ({ kind, value, country }));
}

/** How many of the stated identifiers nobody bears; a customer number is looked for in every source and may be found in several. */
function missesOf(sought: readonly { readonly kind: string }[], said: readonly Sign[]): number {
  let missed = 0;
  for (const [kind, same] of groupBy(sought, (one) => one.kind)) {
    missed += Math.max(0, same.length - said.filter(({ identifier }) => identifier === kind).length);
  }
  return missed;
}

function heardFrom(signs: readonly Sign[], configurationId: string | null, shown: Known | null): Heard {
  return { identity: recognise(signs), configurationId, shown };
}

function cardOf(bearing: readonly Person[]): Sign {
  return { identifier: 'loyalty', strength: 'PRESENTED', people: bearing };
}

/** A name helps to choose among those who bear a number; it takes nobody away. */
function agreeing(said: readonly Sign[], name: Sign): Sign[] {
  const known = new Set(said.flatMap((sign) => sign.people.map((person) => person.customerId)));
  const both = name.people.filter((person) => known.has(person.customerId));
  return both.length > 0 ? [...said, { ...name, people: both }] : [...said];
}

function bearers(found: readonly Found[]): Person[] {
  const usable = found.filter((one) => one.state !== 'generic');
  const asserted = usable.filter((one) => one.asserted);
  const chosen = asserted.length > 0 ? asserted : usable;
  return chosen.map(({ customerId, recordId }) => ({ customerId, recordId }));
}
