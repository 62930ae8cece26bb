import { existsSync } from 'node:fs';
import { executablePath } from './browser.js';

/** A browser starts, loads and paints; on a busy machine that takes its time. */
const patience = 90_000;
const built = existsSync('dist/web/tablet/index.html');

/** Describes what happens in a real Chromium; says so where there is none, and never skips in CI. */
export function inChromium(name: string, tests: () => void): void {
  if (executablePath && built)
    return describe(name, () => {
      import.meta.jest.setTimeout(patience);
      tests();
    });
  const why = built ? 'no Chromium was found; set CHROME_PATH' : 'the pages are not built; run npm run build:web';
  if (process.env['CI']) {
    return describe(name, () => it('runs', () => expect(`skipped: ${why}`).toBe('run')));
  }
  describe.skip(`${name} (SKIPPED: ${why})`, tests);
}
