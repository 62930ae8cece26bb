import { readdirSync } from 'node:fs';
import { steps } from './steps.js';

const files = readdirSync(new URL('./steps/', import.meta.url)).filter((file) => file.endsWith('.step.ts'));

describe('every step', () => {
  it('is there because its file is', () => {
    expect(steps.map(({ name }) => `${name}.step.ts`).sort()).toEqual(files.sort());
  });

  it.each(steps.map((step) => [step.name, step] as const))('%s describes itself', (_, step) => {
    expect(step.describe).toMatch(/^[A-Z].*\.$/);
    expect(step.on).not.toHaveLength(0);
    expect(step.keepFor).toBeGreaterThan(0);
    expect(Object.isFrozen(step)).toBe(true);
  });

  it('comes after those it needs', () => {
    const names = steps.map(({ name }) => name);
    for (const { name, needs = [] } of steps) {
      for (const needed of needs) expect(names.indexOf(needed)).toBeLessThan(names.indexOf(name));
    }
  });
});
