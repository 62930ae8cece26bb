import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SaidRecord } from '../identity/evaluate/said-record.rules.js';
import { country } from './arguments.js';
import { defineCommands } from './command-group.js';
import type { Desk } from './desk.js';
import { addOvergrown } from './overgrown.js';
import { readRecords } from './records-file.js';
import { addRetrain } from './retrain.js';

interface EvaluateOptions {
  readonly country: string;
  readonly out?: string;
  readonly single?: boolean;
  readonly seed?: string;
}

/** Records in one transaction unless told otherwise. */
const bulk = 300;

/** Who is who: how well records are put together. */
export default defineCommands((program, desk) => {
  const identity = program
    .command('identity')
    .description('who is who: measure it, learn from the own data, and keep it from going wrong');
  addRetrain(identity, desk);
  addOvergrown(identity, desk);

  identity
    .command('evaluate')
    .description('load records.jsonl of a folder into a scratch database and compare with its truth.csv; one JSON line')
    .argument('<dir>', 'folder with records.jsonl and, to compare, truth.csv')
    .option('--country <code>', 'of rows that name none', country, 'US')
    .option('--out <file>', 'write source_id,customer_id of every record there')
    .option('--single', 'record by record, as they would come in life, instead of some hundred at once')
    .option('--seed <number>', 'load in an order shuffled by this number')
    .addHelpText('after', '\nExample:\n  $ npx foyer identity evaluate ./people --out assignment.csv --seed 7')
    .action(async (dir: string, options: EvaluateOptions) => {
      desk.answer({ json: true }, { json: await evaluate(desk, dir, options), text: [] });
    });
});

async function evaluate(desk: Desk, dir: string, options: EvaluateOptions): Promise<object> {
  const [{ load }, { figuresOf, percentile, rounded }, { shuffled }, { readTruth }] = await Promise.all([
    import('../identity/evaluate/evaluation.js'),
    import('../identity/evaluate/figures.rules.js'),
    import('../identity/evaluate/shuffle.rules.js'),
    import('../identity/evaluate/truth.rules.js'),
  ]);
  const seed = seedOf(options.seed);
  const said = await readRecords(join(dir, 'records.jsonl'));
  const records = seed === undefined ? said : shuffled(said, seed);
  const truthFile = join(dir, 'truth.csv');
  const truth = existsSync(truthFile) ? readTruth(readFileSync(truthFile, 'utf8')) : undefined;
  const batch = options.single ? 1 : bulk;
  const loaded = await withIdentity(desk, (identity, transactions) =>
    load(records, {
      identity,
      transactions,
      now: desk.clock.now(),
      country: options.country,
      batch,
      elapsed: () => performance.now(),
    }),
  );
  if (options.out !== undefined) writeFileSync(options.out, assignment(said, loaded.customerOf));
  return {
    records: said.length,
    customers: new Set(loaded.customerOf.values()).size,
    ...figuresOf(loaded.customerOf, truth ?? new Map()),
    ...(truth === undefined && unknowable),
    reviews: loaded.reviews,
    reviewsPerRecord: rounded(loaded.reviews / Math.max(1, said.length)),
    recordsPerSecond: Math.round(said.length / Math.max(loaded.seconds, 0.001)),
    recordsPerTransaction: batch,
    p50Ms: percentile(loaded.times, 0.5),
    p95Ms: percentile(loaded.times, 0.95),
    p99Ms: percentile(loaded.times, 0.99),
    ...(seed !== undefined && { seed }),
  };
}

/** Without a truth only the sizes are known. */
const unknowable = {
  precision: null,
  recall: null,
  f1: null,
  b3Precision: null,
  b3Recall: null,
  b3F1: null,
  mostPeopleInOneCustomer: null,
};

function seedOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,10}$/.test(text)) throw new Error(`"${text}" is no seed: give a whole number.`);
  return Number(text);
}

function assignment(records: readonly SaidRecord[], customerOf: ReadonlyMap<string, string>): string {
  const rows = records.map(({ source_id: id }) => `${quoted(id)},${customerOf.get(id) ?? ''}`);
  return `${['source_id,customer_id', ...rows].join('\n')}\n`;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

type Identity = import('../identity/identity.service.js').IdentityService;
type Transactions = import('../platform/database/transactions.js').Transactions;

async function withIdentity<T>(
  desk: Desk,
  work: (identity: Identity, transactions: Transactions) => Promise<T>,
): Promise<T> {
  const [{ withScratch }, { IdentityService }, { Transactions }] = await Promise.all([
    import('./scratch.js'),
    import('../identity/identity.service.js'),
    import('../platform/database/transactions.js'),
  ]);
  return withScratch(desk.config, desk.clock, (app) => work(app.get(IdentityService), app.get(Transactions)));
}
