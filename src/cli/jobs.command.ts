import type { Command } from 'commander';
import { after } from '../shared/clock.js';
import { asJson, atMost, id as anId, lifetime } from './arguments.js';
import { defineCommands } from './command-group.js';
import type { Desk } from './desk.js';
import { table } from './table.js';

interface ListOptions {
  readonly json?: boolean;
  readonly limit: number;
}

/** Queued jobs that gave up: look at why, and try them again. */
export default defineCommands((program, desk) => {
  const jobs = program.command('jobs').description('look at queued jobs that gave up, and try them again');

  jobs
    .command('list')
    .description('list the dead letters nobody has replayed, oldest first')
    .addOption(atMost(100))
    .addOption(asJson())
    .action(async (options: ListOptions) => {
      const letters = await withDeadLetters(desk, (service) => service.open(options.limit));
      const rows = letters.map(({ error, failedAt, ...letter }) => ({
        ...letter,
        failedAt: failedAt.toISOString(),
        payload: JSON.stringify(letter.payload),
        error: error.split('\n')[0],
      }));
      const text = table(rows, ['id', 'name', 'failedAt', 'attempts', 'error', 'payload']);
      desk.answer(options, { json: letters, text: letters.length > 0 ? text : ['No job has given up.'] });
    });

  jobs
    .command('replay')
    .description('queue a dead letter again, or all of them')
    .argument('[id]', 'its id in the list', anId)
    .option('--all', 'every open one')
    .addOption(asJson())
    .addHelpText('after', '\nExample:\n  $ npx foyer jobs replay --all')
    .action(async (id: string | undefined, options: { all?: boolean; json?: boolean }, command: Command) => {
      if ((id === undefined) === (options.all !== true)) return command.error('error: name one id, or --all');
      const replayed = await withDeadLetters(desk, (service) => service.replay(id));
      if (id !== undefined && replayed === 0)
        return command.error(`error: no open dead letter has the id ${id}; see "npx foyer jobs list"`);
      desk.answer(options, { json: { replayed }, text: [`Queued again: ${replayed}.`] });
    });

  jobs
    .command('recover')
    .description('queue again what a Redis that lost its data had been given; nothing happens twice')
    .requiredOption(
      '--since <span>',
      'how far back messages are taken, as in 2h: a little more than Redis may have lost',
      lifetime,
    )
    .addOption(asJson())
    .addHelpText('after', '\nExample:\n  $ npx foyer jobs recover --since 2h')
    .action(async ({ since, json }: { since: number; json?: boolean }) => {
      const { Recovery } = await import('../enrichment/recovery.js');
      const moment = after(desk.clock.now(), -since);
      const recovered = await desk.withFoyer((app) => app.get(Recovery).announceSince(moment));
      const { messages, customers } = recovered;
      desk.answer(
        { ...(json && { json }) },
        {
          json: recovered,
          text: [`Queued again: ${messages} messages, and ${customers} customers whose facts lag behind.`],
        },
      );
    });
});

async function withDeadLetters<T>(
  desk: Desk,
  work: (service: import('../platform/queue/dead-letters.js').DeadLetters) => Promise<T>,
): Promise<T> {
  const { DeadLetters } = await import('../platform/queue/dead-letters.js');
  return desk.withFoyer((app) => work(app.get(DeadLetters)));
}
