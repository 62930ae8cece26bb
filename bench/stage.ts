import type { BenchDatabase } from './database.js';
import type { LoadProcess } from './load-process.js';
import type { Cast } from './visits.js';

/** What a measurement has to work with. */
export interface Stage {
  readonly database: BenchDatabase;
  readonly cast: Cast;
  readonly load: LoadProcess;
  /** Opens another database of the bench, swept and with visitors. */
  readonly open: (customers: number) => Promise<{ database: BenchDatabase; cast: Cast }>;
  readonly redisUrl: string | undefined;
  readonly tell: (line: string) => void;
}

/** Interleaved rounds, so that whatever else the machine does falls on all alike. */
export const rounds = 5;
