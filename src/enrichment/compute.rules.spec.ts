import fc from 'fast-check';
import { days, minutes } from '../shared/clock.js';
import { computeFacts, inOrder, widest } from './compute.rules.js';
import type { CustomerInput, TimelineEntry } from './step-input.js';
import { defineStep, type Step } from './step.js';

const now = new Date('2026-03-10T11:00:00Z');

const entry = (minutesAgo: number, kind = 'page'): TimelineEntry => ({
  id: `${kind}-${minutesAgo}`,
  at: new Date(now.getTime() - minutes(minutesAgo)).toISOString(),
  kind,
  channel: 'web',
  department: 'online',
  session: null,
  params: {},
});

const nobody: CustomerInput = {
  id: 'c',
  createdAt: now.toISOString(),
  records: [],
  timeline: [],
  configurations: [],
  purchases: [],
  owned: [],
  matters: [],
  visits: [],
};

function step(name: string, part: Partial<Record<keyof Step, unknown>> = {}): Step {
  return { name, describe: name, on: [], reads: {}, keepFor: days(1), compute: () => ({}), ...part } as unknown as Step;
}

const names = (steps: readonly Step[]): string[] => steps.map(({ name }) => name);

describe('the order of steps', () => {
  it('puts each after those it needs, whatever the order of the files', () => {
    const parts = [step('a', { needs: ['d'] }), step('b', { needs: ['a'] }), step('c'), step('d', { needs: ['c'] })];
    fc.assert(
      fc.property(fc.shuffledSubarray(parts, { minLength: 4 }), (shuffled) => {
        expect(names(inOrder(shuffled))).toEqual(['c', 'd', 'a', 'b']);
      }),
    );
  });

  it('refuses a need that is no step, and a circle, naming them', () => {
    expect(() => inOrder([step('a', { needs: ['x'] })])).toThrow('Step "a" needs "x", which is no step.');
    expect(() => inOrder([step('a', { needs: ['b'] }), step('b', { needs: ['a'] })])).toThrow('a → b → a');
  });
});

describe('computing facts', () => {
  it('hands a step what earlier ones found, and exactly the lists and the part of the timeline it declares', () => {
    const seen: string[] = [];
    const parts = [
      step('a', { compute: () => ({ found: 1 }) }),
      step('b', {
        needs: ['a'],
        reads: { timeline: { kinds: ['page'], since: minutes(30), limit: 2 } },
        settings: { factor: 2 },
        compute: ({
          facts,
          timeline,
          settings,
        }: {
          facts: { a: { found: number } };
          timeline: TimelineEntry[];
          settings: { factor: number };
        }) => {
          seen.push(...timeline.map(({ id }) => id));
          return { found: facts.a.found * settings.factor };
        },
      }),
      step('c', {
        reads: { matters: true, visits: true },
        compute: (input: object) => ({ given: Object.keys(input) }),
      }),
    ];
    const timeline = [entry(1), entry(2, 'contact'), entry(3), entry(4), entry(40)];
    const computed = computeFacts(parts, { ...nobody, timeline }, now);
    expect(computed.map((one) => ('payload' in one ? one.payload : null))).toEqual([
      { found: 1 },
      { found: 2 },
      { given: ['id', 'createdAt', 'matters', 'visits', 'now', 'facts', 'settings'] },
    ]);
    expect(seen).toEqual(['page-1', 'page-3']);
  });

  it('is told to the compiler, too: a list that is not declared is none that a step could read', () => {
    const part = defineStep({
      ...{ name: 'purchases', describe: 'Reads what she owns.', on: [], keepFor: days(1) },
      reads: { owned: true },
      compute: () => ({ purchases: [] }),
    });
    type Given = keyof Parameters<(typeof part)['compute']>[0];
    const purchasesAreGiven: 'purchases' extends Given ? true : false = false;
    const ownedIsGiven: 'owned' extends Given ? true : false = true;
    expect([Object.keys(part.reads), ownedIsGiven, purchasesAreGiven]).toEqual([['owned'], true, false]);
  });

  it('marks only the step that throws; one that needs it goes on without', () => {
    const parts = [
      step('a', {
        compute: () => {
          throw new Error('x'.repeat(2000));
        },
      }),
      step('b', {
        needs: ['a'],
        compute: ({ facts }: { facts: { a?: unknown } }) => ({ alone: facts.a === undefined }),
      }),
    ];
    const [a, b] = computeFacts(parts, nobody, now);
    expect(a).toMatchObject({ state: 'FAILED' });
    expect(a && 'error' in a && a.error.length).toBeLessThanOrEqual(500);
    expect(b).toMatchObject({ state: 'READY', payload: { alone: true } });
  });
});

it('the timeline is loaded once, as widely as any step reads', () => {
  const parts = [
    step('a', { reads: { timeline: { kinds: ['page'], since: 5, limit: 10 } } }),
    step('b', { reads: { timeline: { kinds: ['contact', 'page'], since: 50, limit: 1 } } }),
    step('c'),
  ];
  expect(widest(parts)).toEqual({ since: 50, limit: 10, kinds: ['contact', 'page'] });
  expect(widest([...parts, step('d', { reads: { timeline: { since: 1, limit: 1 } } })]).kinds).toBeNull();
});
