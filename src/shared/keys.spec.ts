import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Keys } from './keys.js';

let directory: string;
let file: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'foyer-keys-'));
  file = join(directory, 'keys');
});
afterEach(() => rmSync(directory, { recursive: true }));

describe('the key ring of a folder', () => {
  it('is made by the first start, for its owner only, and read by every other', () => {
    const { currentId } = Keys.fromDirectory(directory);
    expect(Keys.fromDirectory(directory).ids).toEqual([currentId]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(directory)).toEqual(['keys']);
  });

  it('is made anew when the first start could not write it to its end', () => {
    const built = pathToFileURL(join(import.meta.dirname, '../../dist/src/shared/keys.js')).href;
    const start = `import(${JSON.stringify(built)}).then(({ Keys }) => Keys.fromDirectory(process.argv[1]))`;
    const { stderr } = spawnSync('sh', [
      '-c',
      'ulimit -f 0; exec "$@"',
      'sh',
      process.execPath,
      '-e',
      start,
      directory,
    ]);
    expect(String(stderr)).toContain('EFBIG');
    expect(Keys.fromDirectory(directory).ids).toHaveLength(1);
  });

  it('is rotated by one at a time, so that no key is lost', () => {
    const { currentId: first } = Keys.fromDirectory(directory);
    writeFileSync(`${file}.lock`, '');
    const before = readFileSync(file, 'utf8');
    expect(() => Keys.rotate(directory)).toThrow(`try again, or remove ${file}.lock if that was broken off.`);
    expect(readFileSync(file, 'utf8')).toBe(before);
    rmSync(`${file}.lock`);
    const second = Keys.rotate(directory);
    expect(Keys.fromDirectory(directory).ids).toEqual([second, first]);
    expect(readdirSync(directory)).toEqual(['keys']);
  });

  it('that is empty says what works', () => {
    writeFileSync(file, '');
    expect(() => Keys.fromDirectory(directory)).toThrow(/keys holds no key; restore it from a backup or, .* remove it/);
    rmSync(file);
    expect(Keys.fromDirectory(directory).ids).toHaveLength(1);
    expect(() => Keys.fromText('a:short')).toThrow(/^FOYER_KEYS: each key is id:base64 .* "openssl rand -base64 32"/);
  });
});
