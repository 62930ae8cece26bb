#!/usr/bin/env -S node --max-semi-space-size=32
// Rows of an import live as long as their transaction: with room for them (MB) most are gone before they are moved about.
// The file npm links as `foyer`: it is there before the build, so that the link is never missing.
import { existsSync } from 'node:fs';

const program = new URL('../../dist/src/cli.js', import.meta.url);

if (existsSync(program)) {
  await import(program.href);
} else {
  console.error('Foyer is not built yet: run "npm run build" first.');
  process.exitCode = 1;
}
