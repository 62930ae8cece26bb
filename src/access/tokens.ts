import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import { Doorkeeper, type Credentials } from '../platform/graphql/context.js';
import { Clock } from '../shared/clock.js';
import { CONFIG, type Config } from '../shared/config.js';
import { publicActor, type Actor } from './actor.js';
import { Forbidden, Unauthenticated } from './denial.js';
import { defaultLanguage, preferredLanguage, readingLanguage } from './language.rules.js';
import { mayUseFrom } from './origin.rules.js';
import { fromCookie } from './desk/session-cookie.js';
import { bearerToken, hashToken, kindOf } from './token.js';
import {
  keyByHash,
  keysByIds,
  rightsOfKey,
  rightsOfToken,
  tokenByHash,
  tokensByIds,
  type KeyRow,
  type Rights,
  type TokenRow,
} from './tokens.query.js';

/** Finds out who a caller is; asked for every request, so a revoked token ends with the next one. */
@Injectable()
export class Tokens extends Doorkeeper {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    super();
  }

  /** Who calls: the public without a token. @throws Unauthenticated if the token is unknown, revoked or expired. */
  async recognise(caller: Credentials): Promise<Actor> {
    const authorization = caller.authorization ?? fromCookie(caller, this.config.publicOrigin);
    if (authorization === undefined) {
      // Nothing public is live, so a socket has no business without a token.
      if (caller.socket !== undefined) throw new Unauthenticated();
      return publicActor(caller.address, preferredLanguage(caller.language) ?? defaultLanguage);
    }
    const token = bearerToken(authorization) ?? '';
    const kind = kindOf(token);
    if (kind === 'browser' || kind === 'server') return this.authenticateKey(token, caller);
    if (kind === undefined) throw new Unauthenticated();
    const [row] = await this.database.prepared<TokenRow>('access_token_by_hash', tokenByHash, [
      hashToken(token),
      this.clock.now(),
    ]);
    if (row === undefined) throw new Unauthenticated();
    const language = readingLanguage(caller.language, row.language, row.tablet_language);
    return { ...rightsOfToken(row), address: caller.address, language };
  }

  /** A tablet, with a shift or without: it lies about in a store, so a stolen token of it asks only what tablets ask. */
  override keepsToKnownDocuments({ kind, tabletId }: Actor): boolean {
    return kind === 'TABLET' || tabletId !== undefined;
  }

  /**
   * The source behind a write key, as the tracking API gets it. Who only reads settings need not say which page asks.
   * @throws Unauthenticated if nobody knows the key; Forbidden if a browser key is used from no page of its list.
   */
  async authenticateKey(writeKey: string, caller: Credentials, { reads = false } = {}): Promise<Actor> {
    const kind = kindOf(writeKey);
    if (kind !== 'browser' && kind !== 'server') throw new Unauthenticated('This write key is not known.');
    const [row] = await this.database.prepared<KeyRow>('source_key_by_hash', keyByHash, [
      hashToken(writeKey),
      this.clock.now(),
    ]);
    if (row === undefined) throw new Unauthenticated('This write key is not known.');
    const anywhere = row.key_kind === 'SERVER' || (reads && caller.origin === undefined);
    if (!anywhere && !mayUseFrom(caller.origin, row.origins, this.config.publicOrigin)) {
      throw new Forbidden(
        caller.origin === undefined
          ? 'This key is for web pages, which name their origin; use a server key from anywhere else.'
          : 'This write key may not be used from this web page: add its origin to the key.',
      );
    }
    const language = preferredLanguage(caller.language) ?? defaultLanguage;
    return { ...rightsOfKey(row), address: caller.address, language };
  }

  /** The present rights of the tokens and keys of these actors, by id; who is missing has none any more. */
  async rightsNow(actors: Iterable<Pick<Actor, 'kind' | 'tokenId'>>): Promise<Map<string, Rights>> {
    const tokens = new Set<string>();
    const keys = new Set<string>();
    for (const { kind, tokenId } of actors) if (tokenId !== null) (kind === 'SOURCE' ? keys : tokens).add(tokenId);
    const rights = await Promise.all([
      this.read('access_tokens_by_ids', tokensByIds, tokens, rightsOfToken),
      this.read('source_keys_by_ids', keysByIds, keys, rightsOfKey),
    ]);
    return new Map(rights.flat().map((each) => [each.tokenId ?? '', each]));
  }

  private async read<Row extends object>(
    name: string,
    sql: string,
    ids: ReadonlySet<string>,
    rightsOf: (row: Row) => Rights,
  ): Promise<Rights[]> {
    if (ids.size === 0) return [];
    return (await this.database.prepared<Row>(name, sql, [[...ids], this.clock.now()])).map(rightsOf);
  }
}
