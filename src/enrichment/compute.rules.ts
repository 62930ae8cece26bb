import type { CustomerInput, TimelineEntry } from './step-input.js';
import type { Facts, ListName, Reads, Step, StepInput, StepName, TimelinePart } from './step.js';

/** What came of one step. */
export type Computed =
  | { readonly step: StepName; readonly state: 'READY'; readonly payload: Facts[StepName] }
  | { readonly step: StepName; readonly state: 'FAILED'; readonly error: string };

/** Longest error text that is kept. */
const longestError = 500;

/**
 * Steps so that each comes after those it needs, otherwise by name.
 * @throws Error when a step needs one that does not exist, or two need each other.
 */
export function inOrder(steps: readonly Step[]): Step[] {
  const byName = new Map<string, Step>(steps.map((step) => [step.name, step]));
  const ordered = new Set<Step>();
  const place = (step: Step, path: readonly string[]): void => {
    if (ordered.has(step)) return;
    if (path.includes(step.name))
      throw new Error(`Steps need each other in a circle: ${[...path, step.name].join(' → ')}.`);
    for (const name of step.needs ?? []) {
      const needed = byName.get(name);
      if (!needed) throw new Error(`Step "${step.name}" needs "${name}", which is no step.`);
      place(needed, [...path, step.name]);
    }
    ordered.add(step);
  };
  for (const step of [...steps].sort((a, b) => (a.name < b.name ? -1 : 1))) place(step, []);
  return [...ordered];
}

/** The widest part of the timeline that any step reads, so that it is loaded once for all. */
export function widest(steps: readonly Step[]): { since: number; limit: number; kinds: string[] | null } {
  const reads = steps.flatMap((step) => readsOf(step).timeline ?? []);
  return {
    since: Math.max(0, ...reads.map(({ since }) => since)),
    limit: Math.max(0, ...reads.map(({ limit }) => limit)),
    kinds: reads.some(({ kinds }) => !kinds) ? null : [...new Set(reads.flatMap(({ kinds }) => kinds ?? []))].sort(),
  };
}

/** All facts of one customer, by steps in order; a step that throws marks only itself. */
export function computeFacts(ordered: readonly Step[], customer: CustomerInput, now: Date): Computed[] {
  const facts: Partial<Facts> = {};
  return ordered.map((step): Computed => {
    try {
      const input = { ...given(customer, step, now), now, facts, settings: step.settings } as StepInput<StepName>;
      const payload = step.compute(input);
      Object.assign(facts, { [step.name]: payload });
      return { step: step.name, state: 'READY', payload };
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      return { step: step.name, state: 'FAILED', error: text.slice(0, longestError) };
    }
  });
}

/** Exactly what a step declares to read, though more was loaded. */
function given(customer: CustomerInput, step: Step, now: Date): Partial<CustomerInput> {
  const { id, createdAt } = customer;
  const { timeline, ...whole } = readsOf(step);
  const lists = (Object.keys(whole) as ListName[]).map((list) => [list, customer[list]]);
  const part = timeline && { timeline: narrowed(customer.timeline, timeline, now) };
  return { id, createdAt, ...(Object.fromEntries(lists) as Partial<CustomerInput>), ...part };
}

function readsOf({ reads }: Step): Partial<Reads> {
  return reads;
}

function narrowed(
  timeline: readonly TimelineEntry[],
  { kinds, since, limit }: TimelinePart,
  now: Date,
): TimelineEntry[] {
  const from = now.getTime() - since;
  const wanted: TimelineEntry[] = [];
  for (const entry of timeline) {
    if (wanted.length >= limit) break;
    if (kinds && !kinds.includes(entry.kind)) continue;
    if (Date.parse(entry.at) >= from) wanted.push(entry);
  }
  return wanted;
}
