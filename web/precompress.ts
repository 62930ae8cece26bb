import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const worthwhile = /\.(js|css|html|svg|wasm|webmanifest)$/;

/** Lays a compressed twin beside every file, so that the server never compresses the same bytes twice. */
export function precompress(folder: string): Plugin {
  return {
    name: 'foyer-precompress',
    enforce: 'post',
    closeBundle: {
      order: 'post',
      sequential: true,
      handler() {
        for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
          const path = join(folder, file);
          if (!worthwhile.test(file) || statSync(path).isDirectory()) continue;
          const bytes = readFileSync(path);
          const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
          writeFileSync(`${path}.br`, brotliCompressSync(bytes, quality));
          writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
        }
      },
    },
  };
}
