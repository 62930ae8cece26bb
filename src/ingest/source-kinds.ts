import { readdirSync } from 'node:fs';
import type { SourceKind } from './source-kind.js';
import other from './sources/other.source.js';

const folder = new URL('./sources/', import.meta.url);
const files = readdirSync(folder).filter((file) => /\.source\.(js|ts)$/.test(file));

/** Every kind found in `sources/`, by name: a kind is added by adding its file. */
export const sourceKinds: ReadonlyMap<string, SourceKind> = new Map(
  await Promise.all(
    files.sort().map(async (file): Promise<[string, SourceKind]> => {
      const part = (await import(new URL(file, folder).href)) as { default: SourceKind };
      return [part.default.kind, part.default];
    }),
  ),
);

/** The kind of that name; a source of an unknown kind is an `other`. */
export function sourceKind(name: string): SourceKind {
  return sourceKinds.get(name) ?? other;
}
