import { createUnionType, Field, ObjectType } from '@nestjs/graphql';
import { CodeUnknown, PassAlreadyUsed, PassExpired, TooManyAttempts } from '../pass/pass-refusals.js';
import { KeyReusedDifferently } from '../platform/idempotency/key-reused-differently.js';
import { Visit } from './visit.entity.js';
import { CandidateUnknown, NotPossibleNow, VisitChanged, VisitNotFound } from './visit.results.js';

/** The visitor is on the board. */
@ObjectType({ description: 'The visitor is on the board.' })
export class CheckedIn {
  @Field(() => Visit)
  readonly visit: Visit;

  @Field(() => Boolean, { description: 'The same person was already here: the same visit, not a second one.' })
  readonly repeated: boolean;

  constructor(visit: Visit, repeated: boolean) {
    this.visit = visit;
    this.repeated = repeated;
  }
}

const resolveType = (value: object): string => value.constructor.name;

/** What a check-in comes to. */
export const CheckInResult = createUnionType({
  name: 'CheckInResult',
  types: () => [CheckedIn, CodeUnknown, PassExpired, PassAlreadyUsed, TooManyAttempts, KeyReusedDifferently] as const,
  resolveType,
});

/** What a step of a visit comes to. */
export const VisitResult = createUnionType({
  name: 'VisitResult',
  types: () => [VisitChanged, VisitNotFound, NotPossibleNow, CandidateUnknown, KeyReusedDifferently] as const,
  resolveType,
});

/** What naming somebody later comes to. */
export const IdentifyResult = createUnionType({
  name: 'IdentifyResult',
  types: () =>
    [
      VisitChanged,
      VisitNotFound,
      NotPossibleNow,
      CandidateUnknown,
      CodeUnknown,
      PassExpired,
      PassAlreadyUsed,
      TooManyAttempts,
      KeyReusedDifferently,
    ] as const,
  resolveType,
});
