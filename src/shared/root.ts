import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of this installation, which holds package.json: compiled or not, from wherever the program was started. */
export const root = ((): string => {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
})();
