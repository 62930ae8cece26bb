import { readdirSync } from 'node:fs';
import type { IdentifierKind } from './identifier.js';

/** The identifier kinds by name. */
export type IdentifierKinds = ReadonlyMap<string, IdentifierKind>;

const folder = new URL('./identifiers/', import.meta.url);
const files = readdirSync(folder).filter((file) => /\.identifier\.(js|ts)$/.test(file));

/** Every kind found in `identifiers/`, by name: a kind is added by adding its file. */
export const identifierKinds: IdentifierKinds = new Map(
  await Promise.all(
    files.sort().map(async (file): Promise<[string, IdentifierKind]> => {
      const part = (await import(new URL(file, folder).href)) as { default: IdentifierKind };
      return [part.default.kind, part.default];
    }),
  ),
);

/** The kind of that name; an unknown name is a mistake of the caller. */
export function identifierKind(kinds: IdentifierKinds, name: string): IdentifierKind {
  const kind = kinds.get(name);
  if (!kind) throw new Error(`There is no identifier kind "${name}"; known are ${[...kinds.keys()].join(', ')}.`);
  return kind;
}
