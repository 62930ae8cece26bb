import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const packed = join(root, 'dist/src/node_modules');
const found = new Map();

/** The packed file of a library's entry, where the last build has packed it (docs/decisions/0010). */
function packedFile(specifier) {
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(specifier)[0];
  const about = join(packed, name, 'package.json');
  if (!existsSync(about)) return undefined;
  const entry = JSON.parse(readFileSync(about, 'utf8')).exports[`.${specifier.slice(name.length)}`];
  return entry && join(packed, name, entry);
}

/**
 * Jest loads all libraries anew for each test file: our own files get them as the product ships them, one file a package,
 * which spares two seconds a test file. What is not packed, or was not built, comes from node_modules.
 */
export function sync(specifier, options) {
  const isOurs = !options.basedir.slice(root.length).includes('node_modules');
  if (!isOurs || !/^[@a-z]/i.test(specifier)) return options.defaultResolver(specifier, options);
  if (!found.has(specifier)) found.set(specifier, packedFile(specifier));
  return found.get(specifier) ?? options.defaultResolver(specifier, options);
}
