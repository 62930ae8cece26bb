import type { Events, Topic } from '../platform/outbox/events.js';
import type { Profile } from './profile.js';
import type { CustomerInput } from './step-input.js';

/** What each step finds out; a step adds its own line by declaration merging. */
export interface Facts {
  profile: Profile;
}

/** The name of a step. */
export type StepName = keyof Facts;

/** Events that concern one customer or one visit, and so may set a step going. */
export type StepTopic = {
  [T in Topic]: Events[T] extends { readonly customerId: string } | { readonly visitId: string } ? T : never;
}[Topic];

/** The lists of a customer that a step may read. */
export type ListName = Exclude<keyof CustomerInput, 'id' | 'createdAt'>;

/** The part of the timeline a step reads: these kinds (all, if none are named), this far back, so many at most. */
export interface TimelinePart {
  readonly kinds?: readonly string[];
  /** Milliseconds before now. */
  readonly since: number;
  readonly limit: number;
}

/** The lists a step reads, the timeline in part, the others whole. */
export type Reads<List extends ListName = ListName> = {
  readonly [Read in List]: Read extends 'timeline' ? TimelinePart : true;
};

/** What a step is given: of the customer the lists it reads, the time, what earlier steps found, its own settings. */
export type StepInput<Need extends StepName = never, Settings = unknown, List extends ListName = ListName> = Pick<
  CustomerInput,
  'id' | 'createdAt' | List
> & {
  readonly now: Date;
  /** What the steps it needs have found; one that failed is absent. */
  readonly facts: Partial<Pick<Facts, Need>>;
  readonly settings: Settings;
};

/** One thing worth knowing about a customer, and how it is found out; each lives in a file of its own in `steps/`. */
export interface Step<
  Name extends StepName = StepName,
  Need extends StepName = StepName,
  Settings = unknown,
  List extends ListName = ListName,
> {
  readonly name: Name;
  /** One line for the manual. */
  readonly describe: string;
  /** Events after which it is computed anew. */
  readonly on: readonly StepTopic[];
  /** It is given nothing else of the customer. */
  readonly reads: Reads<List>;
  readonly needs?: readonly Need[];
  /** Numbers a retailer may want otherwise. */
  readonly settings?: Settings;
  /** Milliseconds after which a fact is stale although nothing has happened. */
  readonly keepFor: number;
  /** Pure; facts hold keys, parameters and sensitivity, never text for one reader. */
  compute(input: StepInput<Need, Settings, List>): Facts[Name];
}

/** Declares a step: the whole change that adds one. */
export function defineStep<
  const Name extends StepName,
  List extends ListName,
  const Need extends StepName = never,
  const Settings = undefined,
>(step: Step<Name, Need, Settings, List>): Step<Name, Need, Settings, List> {
  return Object.freeze(step);
}
