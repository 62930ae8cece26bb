import { Injectable } from '@nestjs/common';
import type { Actor } from '../access/actor.js';
import { Attempts, guessersOf } from '../pass/attempts.js';
import { TooManyAttempts } from '../pass/pass-refusals.js';
import { Transactions, type Tx } from '../platform/database/transactions.js';
import { Idempotency } from '../platform/idempotency/idempotency.js';
import { KeyReusedDifferently } from '../platform/idempotency/key-reused-differently.js';
import { say } from '../shared/catalogue/say.js';
import { Clock } from '../shared/clock.js';
import { Admission, type Admitted } from './admission.js';
import type { AnnounceInput } from './announce.input.js';
import { Announced, StoreUnknown } from './announce.results.js';
import { Feed } from './feed.js';
import type { Visitor } from './visitor.js';
import { visitStore } from './visit-store.query.js';

interface Place {
  readonly id: string;
  readonly promiseMinutes: number | null;
}

/**
 * "I am here", said on the customer's own phone. Nobody saw her say it, so it makes at most a CLAIMED visit; and a stranger
 * must not learn which numbers exist, so a code that opens nothing makes a visit all the same.
 */
@Injectable()
export class Announcements {
  constructor(
    private readonly transactions: Transactions,
    private readonly idempotency: Idempotency,
    private readonly attempts: Attempts,
    private readonly admission: Admission,
    private readonly feed: Feed,
    private readonly clock: Clock,
  ) {}

  /** Makes or finds her visit, and answers the same whoever she is. */
  announce(
    input: AnnounceInput,
    actor: Actor,
  ): Promise<Announced | StoreUnknown | TooManyAttempts | KeyReusedDifferently> {
    return this.transactions.run(async (tx) => {
      const store = await storeByCode(tx, input.storeCode);
      if (!store) return new StoreUnknown();
      const claim = await this.idempotency.claim(tx, {
        operation: 'announce',
        scope: store.id,
        key: input.idempotencyKey,
        input,
      });
      if (claim.state === 'reused') return new KeyReusedDifferently();
      if (claim.state === 'fresh') {
        const barred = await this.countAgainst(tx, actor);
        if (barred) {
          await this.idempotency.release(tx, claim);
          return barred;
        }
        await this.idempotency.remember(tx, claim, 'Announced', {});
        const { news } = await this.admit(tx, store, input, actor);
        await this.feed.append(tx, ...news);
      }
      return welcome(actor.language, store.promiseMinutes);
    });
  }

  /** One address may announce so many in a minute, whatever it says. */
  private countAgainst(tx: Tx, actor: Actor): Promise<TooManyAttempts | undefined> {
    const announcers = guessersOf(actor).map((name) => `announce:${name}`);
    return this.attempts.miss(tx, announcers, this.clock.now());
  }

  private async admit(tx: Tx, { id }: Place, input: AnnounceInput, actor: Actor): Promise<Admitted> {
    const { idempotencyKey, code, calledName, partySize } = input;
    const visitor: Visitor = {
      input: {
        storeId: id,
        idempotencyKey,
        code: code ?? null,
        calledName: calledName ?? null,
        partySize: partySize ?? null,
      },
      actor,
      store: await visitStore(tx, id),
      at: this.clock.now(),
      // Nobody of ours saw what was shown, as when a tablet has no connection: it is worth as much, and no more.
      offline: true,
    };
    const admitted = await this.admission.admit(tx, visitor);
    if ('visitId' in admitted.outcome || !code) return admitted;
    const without = await this.admission.admit(tx, { ...visitor, input: { ...visitor.input, code: null } });
    return { ...without, news: [...admitted.news, ...without.news] };
  }
}

function welcome(language: string, minutes: number | null): Announced {
  return new Announced(say(language, 'door.announced', { minutes }), minutes);
}

async function storeByCode(tx: Tx, code: string): Promise<Place | undefined> {
  const [store] = await tx.query<Place>(
    `SELECT id, promise_minutes AS "promiseMinutes" FROM store WHERE lower(code) = lower($1)`,
    [code],
  );
  return store;
}
