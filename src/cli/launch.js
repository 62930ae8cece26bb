#!/usr/bin/env -S node --max-semi-space-size=8
// Rows of an import live as long as their transaction: with room for them (MB) most are gone before they are moved about.
// The file npm links as `foyer`: it is there before the build, so that the link is never missing.
import '../built.js';

await import('../../dist/src/cli.js');
