import { readdirSync } from 'node:fs';
import type { CommandGroup } from './command-group.js';

const folder = new URL('./', import.meta.url);
const files = readdirSync(folder).filter((file) => /\.command\.(js|ts)$/.test(file));

const groups: CommandGroup[] = [];
// One after the other: Jest cannot link modules that are asked for at the same time and share what they import.
for (const file of files.sort()) {
  const part = (await import(new URL(file, folder).href)) as { default: CommandGroup };
  groups.push(part.default);
}

/** Every group found in this folder, by name of its file. */
export const commandGroups: readonly CommandGroup[] = groups;
