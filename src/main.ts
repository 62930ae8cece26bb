#!/usr/bin/env node
import { run } from './boot.js';

/** The web process; with `--web` it leaves the queue to workers, without it does both. */
await run({ web: true, worker: !process.argv.includes('--web') });
