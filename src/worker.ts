#!/usr/bin/env node
import { run } from './boot.js';

/** The queue process. */
await run({ web: false, worker: true });
