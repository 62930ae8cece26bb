import { readdirSync } from 'node:fs';
import { inOrder } from './compute.rules.js';
import type { Step } from './step.js';

const folder = new URL('./steps/', import.meta.url);
const files = readdirSync(folder).filter((file) => /\.step\.(js|ts)$/.test(file));

/** Every step found in `steps/`, each after those it needs: a step is added by adding its file. */
export const steps: readonly Step[] = inOrder(
  await Promise.all(
    files.map(async (file): Promise<Step> => {
      const part = (await import(new URL(file, folder).href)) as { default: Step };
      return part.default;
    }),
  ),
);
