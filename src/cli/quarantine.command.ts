import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { QuarantineEntry, Replayed } from '../ingest/quarantine.js';
import { isUnavailable } from '../platform/database/unavailable.js';
import { asJson, atMost, id as anId, several } from './arguments.js';
import { defineCommands } from './command-group.js';
import type { Desk } from './desk.js';
import { table } from './table.js';

interface ListOptions {
  readonly json?: boolean;
  readonly limit: number;
}

interface ReplayOptions {
  readonly json?: boolean;
  readonly body?: string;
  readonly all?: boolean;
}

/** What became of one: what the quarantine says, or the fault on our side that it met. */
type Outcome = { readonly id: string } & (Replayed | { readonly outcome: 'failed'; readonly detail: string });

const mostAtOnce = 10_000;

/** Messages that could not be kept or understood: look at them, repair them, take them in again. */
export default defineCommands((program, desk) => {
  const quarantine = program
    .command('quarantine')
    .description('look at messages that could not be kept or understood, and take them in again');

  quarantine
    .command('list')
    .description('list the open ones, oldest first, with their reasons')
    .addOption(atMost(100))
    .addOption(asJson())
    .action(async (options: ListOptions) => {
      const entries = await withQuarantine(desk, (service) => service.open(options.limit));
      const text = table(entries, ['id', 'source', 'receivedAt', 'reason', 'detail']);
      desk.answer(options, { json: entries, text: entries.length > 0 ? text : ['Nothing is in quarantine.'] });
    });

  quarantine
    .command('show')
    .description('print one with its text as it came')
    .argument('<id>', 'its id in the list', anId)
    .addOption(asJson())
    .action(async (id: string, options: { json?: boolean }, command: Command) => {
      const entry = await withQuarantine(desk, (service) => service.find(id));
      if (entry === undefined) return command.error(unknown(id));
      desk.answer(options, { json: entry, text: page(entry) });
    });

  quarantine
    .command('replay')
    .description('judge messages again and take in those that are good now, as of the time they were received')
    .argument('[ids...]', 'ids in the list', several(anId), [])
    .option('--body <file>', 'a file with the repaired message, for one id')
    .option('--all', 'every open one')
    .addOption(asJson())
    .addHelpText(
      'after',
      [
        '',
        'Examples:',
        '  $ npx foyer quarantine replay 0198c0de-0000-7000-8000-000000000000 --body repaired.json',
        '  $ npx foyer quarantine replay --all',
      ].join('\n'),
    )
    .action(async (ids: string[], options: ReplayOptions, command: Command) => {
      if (options.all !== true && ids.length === 0) return command.error('error: name at least one id, or --all');
      if (options.body !== undefined && ids.length !== 1)
        return command.error('error: --body repairs one message: give exactly one id');
      const body = options.body === undefined ? undefined : readFileSync(options.body, 'utf8');
      const outcomes = await withQuarantine(desk, async (service) => {
        const chosen = options.all === true ? (await service.open(mostAtOnce)).map((entry) => entry.id) : ids;
        const replayed: Outcome[] = [];
        for (const id of chosen) {
          try {
            replayed.push({ id, ...(await service.replay(id, body)) });
          } catch (error) {
            replayed.push({ id, outcome: 'failed', detail: error instanceof Error ? error.message : String(error) });
            // Without a database there is nothing to go on with.
            if (isUnavailable(error)) break;
          }
        }
        return replayed;
      });
      desk.answer(options, { json: outcomes, text: outcomes.length > 0 ? outcomes.map(line) : ['Nothing is open.'] });
      const failed = outcomes.filter(({ outcome }) => ['still-bad', 'unknown', 'failed'].includes(outcome));
      if (failed.length === 0) return;
      throw new Error(`Taken in: ${outcomes.length - failed.length}; not taken in: ${failed.length}.`);
    });
});

async function withQuarantine<T>(
  desk: Desk,
  work: (service: import('../ingest/quarantine.js').Quarantine) => Promise<T>,
): Promise<T> {
  const { Quarantine } = await import('../ingest/quarantine.js');
  return desk.withFoyer((app) => work(app.get(Quarantine)));
}

function unknown(id: string): string {
  return `error: nothing in quarantine has the id ${id}; see "npx foyer quarantine list"`;
}

function page(entry: QuarantineEntry): string[] {
  return [
    `${entry.id} from ${entry.source}, received ${entry.receivedAt.toISOString()}`,
    `${entry.reason}: ${entry.detail}`,
    ...(entry.settledAt === null ? [] : [`Settled ${entry.settledAt.toISOString()}: ${entry.settlement ?? ''}`]),
    '',
    entry.body,
  ];
}

function line(replayed: Outcome): string {
  switch (replayed.outcome) {
    case 'kept':
      return `${replayed.id}: taken in as message ${replayed.messageId}.`;
    case 'announced':
      return `${replayed.id}: will be understood again.`;
    case 'duplicate':
      return `${replayed.id}: was taken in before as message ${replayed.messageId}.`;
    case 'still-bad':
      return `${replayed.id}: still not good (${replayed.reason}). ${replayed.detail}`;
    case 'failed':
      return `${replayed.id}: failed on our side (${replayed.detail}); it is still open.`;
    case 'unknown':
      return `${replayed.id}: is not open; see "npx foyer quarantine list".`;
  }
}
