import type { Plugin, Rollup } from 'vite';

/**
 * Has V8 compile all scripts that a page begins with while they load, beside the main thread: otherwise it compiles each function when
 * it is first called, and the first visitor's screen calls most of React for the first time.
 */
export function compileAhead(page: string): Plugin {
  return {
    name: 'foyer-compile-ahead',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const marked = new Set<string>();
        const mark = (file: string): void => {
          const chunk = bundle[file];
          if (chunk?.type !== 'chunk' || marked.has(file)) return;
          marked.add(file);
          chunk.code = `//# allFunctionsCalledOnLoad\n${chunk.code}`;
          chunk.imports.forEach(mark);
        };
        const isEntry = (chunk: Rollup.OutputChunk | Rollup.OutputAsset): boolean =>
          chunk.type === 'chunk' && chunk.isEntry && chunk.name === page;
        for (const chunk of Object.values(bundle)) if (isEntry(chunk)) mark(chunk.fileName);
      },
    },
  };
}
