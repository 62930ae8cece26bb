// Comes before a program of the build: it is there when the build is not, and says so.
import { existsSync } from 'node:fs';

if (!existsSync(new URL('../dist/src/boot.js', import.meta.url))) {
  console.error('Foyer is not built yet: run "npm run build" first.');
  process.exit(1);
}
