import { Field, ObjectType } from '@nestjs/graphql';
import { Staff } from '../access/staff.entity.js';
import { Refusal } from '../platform/graphql/refusal.js';
import { Visit } from './visit.entity.js';
import type { Obstacle } from './visit.rules.js';
import { VisitState } from './visit.words.js';

/** The visit as it is after a step. */
@ObjectType({ description: 'The visit as it is after the step.' })
export class VisitChanged {
  @Field(() => Visit)
  readonly visit: Visit;

  constructor(visit: Visit) {
    this.visit = visit;
  }
}

/** No such visit in the caller's stores. */
@ObjectType({ implements: () => Refusal, description: 'There is no such visit in a store of the caller.' })
export class VisitNotFound extends Refusal {
  override readonly code = 'VISIT_NOT_FOUND';
  override readonly message = 'There is no such visit in this store. Please reload the board.';
}

/** The visit is not in a state in which this can be done, or a colleague was first. */
@ObjectType({ implements: () => Refusal, description: 'Not in this state of the visit, or a colleague was first.' })
export class NotPossibleNow extends Refusal {
  override readonly code = 'NOT_POSSIBLE_NOW';
  override readonly message = 'That is not possible now.';

  @Field(() => VisitState)
  readonly state: VisitState;

  @Field(() => Staff, { nullable: true, description: 'Set when a colleague was first.' })
  readonly takenBy: Staff | null;

  constructor(
    visit: Visit,
    readonly obstacle: Obstacle,
  ) {
    super();
    this.state = visit.state;
    this.takenBy = obstacle === 'taken' ? visit.associate : null;
  }
}

/** A suggestion that is not one of this visit's. */
@ObjectType({ implements: () => Refusal, description: 'The suggestion is not one of this visit, or not any more.' })
export class CandidateUnknown extends Refusal {
  override readonly code = 'CANDIDATE_UNKNOWN';
  override readonly message = 'This suggestion is not there any more. Please choose one from the list.';
}
