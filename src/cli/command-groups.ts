import { readdirSync } from 'node:fs';
import type { CommandGroup } from './command-group.js';

const folder = new URL('./', import.meta.url);
const files = readdirSync(folder).filter((file) => /\.command\.(js|ts)$/.test(file));

/** Every group found in this folder, by name of its file. */
export const commandGroups: readonly CommandGroup[] = await Promise.all(
  files.sort().map(async (file) => {
    const part = (await import(new URL(file, folder).href)) as { default: CommandGroup };
    return part.default;
  }),
);
