import { asJson } from './arguments.js';
import { defineCommands } from './command-group.js';

/** The schema: every process brings it up to date at its start; this does it ahead of a deployment. */
export default defineCommands((program, desk) => {
  program
    .command('migrate')
    .description('bring the schema of the database up to date; waits for whoever is doing it already')
    .addOption(asJson())
    .action(async (options: { json?: boolean }) => {
      const migrations = await desk.withDatabase((tx) =>
        tx.query<{ name: string }>('SELECT name FROM schema_migration ORDER BY id'),
      );
      const names = migrations.map(({ name }) => name);
      desk.answer(options, { json: { migrations: names }, text: [`The schema is up to date: ${names.join(', ')}.`] });
    });
});
