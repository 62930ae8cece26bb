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

/** The part of the timeline a step reads: these kinds (all, if none are named), this far back, so many at most. */
export interface Reads {
  readonly kinds?: readonly string[];
  /** Milliseconds before now. */
  readonly since: number;
  readonly limit: number;
}

/** What a step is given: the customer, the time, what earlier steps found, its own settings. */
export interface StepInput<Need extends StepName = never, Settings = unknown> extends CustomerInput {
  readonly now: Date;
  /** What the steps it needs have found; one that failed is absent. */
  readonly facts: Partial<Pick<Facts, Need>>;
  readonly settings: Settings;
}

/** One thing worth knowing about a customer, and how it is found out; each lives in a file of its own in `steps/`. */
export interface Step<Name extends StepName = StepName, Need extends StepName = StepName, Settings = unknown> {
  readonly name: Name;
  /** One line for the manual. */
  readonly describe: string;
  /** Events after which it is computed anew. */
  readonly on: readonly StepTopic[];
  readonly reads?: Reads;
  readonly needs?: readonly Need[];
  /** Numbers a retailer may want otherwise. */
  readonly settings?: Settings;
  /** Milliseconds after which a fact is stale although nothing has happened. */
  readonly keepFor: number;
  /** Pure; facts hold keys, parameters and sensitivity, never text for one reader. */
  compute(input: StepInput<Need, Settings>): Facts[Name];
}

/** Declares a step: the whole change that adds one. */
export function defineStep<
  const Name extends StepName,
  const Need extends StepName = never,
  const Settings = undefined,
>(step: Step<Name, Need, Settings>): Step<Name, Need, Settings> {
  return Object.freeze(step);
}
