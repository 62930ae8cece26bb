import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '..');
const src = join(root, 'src');

/** Rooms from top to bottom, as the README's map lists them. */
function roomsOnTheMap(): string[] {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const map = /```text\nsrc\/\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  return [...map.matchAll(/^[├└]─ ([a-z]+)\/ /gm)].map((match) => match[1] ?? '');
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}

const sources = filesBelow(src).filter((file) => file.endsWith('.ts'));
const products = sources.filter((file) => !file.endsWith('.spec.ts'));

function offenders(pattern: RegExp, files: readonly string[]): string[] {
  return files.filter((file) => pattern.test(readFileSync(file, 'utf8'))).map((file) => relative(root, file));
}

/** The file names imported relatively by a file. */
function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g)].map((match) =>
    join(file, '..', match[1] ?? ''),
  );
}

describe('the house', () => {
  const rooms = roomsOnTheMap();

  it('has every folder of src on the map in the README, in order', () => {
    const folders = readdirSync(src).filter((name) => statSync(join(src, name)).isDirectory());
    expect(folders.filter((folder) => !rooms.includes(folder))).toEqual([]);
    expect(rooms.filter((room) => !folders.includes(room))).toEqual([]);
  });

  it('imports its own room and rooms above it, never one below', () => {
    const ladder = rooms.filter((room) => room !== 'cli');
    const downwards = products.flatMap((file) => {
      const own = ladder.indexOf(relative(src, file).split('/')[0] ?? '');
      if (own < 0) return [];
      return importsOf(file)
        .filter((target) => ladder.indexOf(relative(src, target).split('/')[0] ?? '') > own)
        .map((target) => `${relative(src, file)} → ${relative(src, target)}`);
    });
    expect(downwards).toEqual([]);
  });

  it('keeps rules and parts free of framework, database and plumbing', () => {
    const pure = products.filter((file) => /\.(rules|step|identifier|source|rule|action)\.ts$/.test(file));
    expect(pure.length).toBeGreaterThan(10);
    expect(
      offenders(/from '(@nestjs|typeorm|pg|bullmq|fastify|mercurius|graphql|ioredis)[/']|from '[./]*platform\//, pure),
    ).toEqual([]);
  });

  it('asks Clock for the time, shared/ids for chance and Config for the environment', () => {
    const outside = products.filter((file) => !relative(src, file).startsWith('shared/'));
    expect(offenders(/\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\brandomUUID\b/, outside)).toEqual([]);
    expect(offenders(/\bprocess\.env\b/, outside)).toEqual([]);
  });

  it('has no barrel, no forwardRef and no switched-off check', () => {
    expect(products.filter((file) => file.endsWith('/index.ts'))).toEqual([]);
    expect(offenders(/forwardRef|eslint-disable|@ts-ignore|@ts-expect-error|\bas any\b(?! \w)/, sources)).toEqual([]);
  });

  it('names files in kebab-case', () => {
    const names = products.map((file) => relative(src, file).split('/').at(-1) ?? '');
    expect(names.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*\.ts$/.test(name))).toEqual([]);
  });

  it('says in one sentence what every export is for', () => {
    const silent = products.flatMap((file) => {
      const lines = readFileSync(file, 'utf8').split('\n');
      return lines.flatMap((line, index) => {
        if (!/^export (default |abstract |async )*(class|function|const|interface|type|enum|define)/.test(line))
          return [];
        let above = index - 1;
        while (/^[@)}\]]|^ {2,}/.test(lines[above] ?? '') && !/\*\/$/.test(lines[above] ?? '')) above -= 1;
        const documented =
          /\*\/\s*$/.test(lines[above] ?? '') || /description:/.test(lines.slice(Math.max(0, above), index).join());
        return documented ? [] : [`${relative(src, file)}:${index + 1}`];
      });
    });
    expect(silent).toEqual([]);
  });

  it('knows every library it depends on by one line of docs/dependencies.md', () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
      string,
      Record<string, string>
    >;
    const page = readFileSync(join(root, 'docs/dependencies.md'), 'utf8');
    const all = Object.entries({ ...dependencies, ...devDependencies });
    expect(all.filter(([name]) => !page.includes(`\`${name}\``)).map(([name]) => name)).toEqual([]);
    expect(all.filter(([, version]) => !/^\d/.test(version)).map(([name]) => name)).toEqual([]);
  });

  it('names no host of a registry in the lockfile', () => {
    expect(readFileSync(join(root, 'package-lock.json'), 'utf8')).not.toMatch(/"resolved"/);
  });
});
