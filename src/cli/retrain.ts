import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { Retrained, Training } from '../identity/retrain/retrain.js';
import { asJson, country, wholeNumber } from './arguments.js';
import type { Desk } from './desk.js';
import { readRecords } from './records-file.js';

interface Options {
  readonly pairs: number;
  readonly seed: number;
  readonly country: string;
  readonly truth?: string;
  readonly switch?: boolean;
  readonly to?: number;
  readonly json?: boolean;
}

/** Adds `identity retrain`: weights from the own data, compared and shown before they score. */
export function addRetrain(identity: Command, desk: Desk): void {
  identity
    .command('retrain')
    .description(
      'estimate the weights of evidence from the own records, show what would change, and switch when told to',
    )
    .option('--pairs <number>', 'pairs to sample', wholeNumber, 20_000)
    .option('--seed <number>', 'which pairs are sampled', wholeNumber, 1)
    .option('--truth <dir>', 'compare on the records.jsonl and truth.csv of this folder too')
    .option('--country <code>', 'of rows of that folder that name none', country, 'US')
    .option('--switch', 'score by the new version from now on, and decide anew')
    .option(
      '--to <version>',
      'estimate nothing; switch to a version that is kept, or back to the shipped one',
      wholeNumber,
    )
    .addOption(asJson())
    .addHelpText(
      'after',
      '\nExample:\n  $ npx foyer identity retrain --truth ./labelled\n  $ npx foyer identity retrain --to 1001',
    )
    .action(async (options: Options) => {
      const labelled = options.truth === undefined ? undefined : await labelledSample(options.truth);
      const [{ retrain }, { IdentityService }, { Transactions }] = await Promise.all([
        import('../identity/retrain/retrain.js'),
        import('../identity/identity.service.js'),
        import('../platform/database/transactions.js'),
      ]);
      const told = await desk.withFoyer((app) =>
        retrain(app.get(IdentityService), app.get(Transactions), { ...options, labelled, now: desk.clock.now() }),
      );
      desk.answer(options, { json: told, text: lines(told) });
    });
}

async function labelledSample(dir: string): Promise<NonNullable<Training['labelled']>> {
  const { readTruth } = await import('../identity/evaluate/truth.rules.js');
  const truth = join(dir, 'truth.csv');
  if (!existsSync(truth))
    throw new Error(`There is no ${truth}: name a folder that holds records.jsonl and truth.csv.`);
  return { records: await readRecords(join(dir, 'records.jsonl')), truth: readTruth(readFileSync(truth, 'utf8')) };
}

function lines({ version, current, switched, sample, weights, truth, judgements, changes }: Retrained): string[] {
  const told = [
    sample
      ? `Version ${version}, estimated from ${sample.candidates} pairs, about ${sample.likelyMatches} of them of one person.`
      : `Version ${version}, as it is kept.`,
    ...weights.map(({ field, level, from, to }) => `  ${field} ${level}: ${from} becomes ${to}`),
  ];
  if (truth)
    told.push(
      `Labelled sample: F1 ${truth.current.f1} becomes ${truth.proposed.f1}, precision ${truth.current.precision} becomes ${truth.proposed.precision}.`,
    );
  const { judgements: all, current: before, proposed: after } = judgements;
  told.push(`Of ${all} judgements version ${current} agrees with ${before}, version ${version} with ${after}.`);
  told.push(`Stored pairs: ${changes.beginToJoin} begin to join, ${changes.ceaseToJoin} cease to.`);
  told.push(`Customers: ${changes.merged} would become one with another, ${changes.split} would fall apart.`);
  for (const { customers } of changes.mergedExamples) told.push(`  one: ${customers.join(', ')}`);
  for (const { customers, records } of changes.splitExamples)
    told.push(`  apart: ${customers.join(', ')} into ${records.map((ids) => ids.join('+')).join(' | ')}`);
  told.push(switched ? `Version ${version} scores now.` : `Nothing is changed; --to ${version} switches.`);
  return told;
}
