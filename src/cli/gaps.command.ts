import { Option } from 'commander';
import { after } from '../shared/clock.js';
import { asJson, lifetime } from './arguments.js';
import { defineCommands } from './command-group.js';
import { table } from './table.js';

interface GapsOptions {
  readonly json?: boolean;
  readonly since: number;
}

/** What sources say that nobody understands yet. */
export default defineCommands((program, desk) => {
  program
    .command('gaps')
    .description('count the events that are kept but not understood yet, by source and name')
    .addOption(
      new Option('--since <span>', 'how far to look back, as in 7d')
        .argParser(lifetime)
        .default(lifetime('30d'), '30d'),
    )
    .addOption(asJson())
    .action(async (options: GapsOptions) => {
      const { gapsSince } = await import('../ingest/gaps.query.js');
      const since = after(desk.clock.now(), -options.since);
      const gaps = await desk.withDatabase((tx) => gapsSince(tx, since));
      const text = table(gaps, ['source', 'name', 'count', 'lastReceivedAt']);
      desk.answer(options, { json: gaps, text: gaps.length > 0 ? text : ['Everything is understood.'] });
    });
});
