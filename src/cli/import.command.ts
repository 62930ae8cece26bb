import { readFileSync } from 'node:fs';
import { asJson } from './arguments.js';
import { defineCommands } from './command-group.js';
import { ImportScreen } from './import-screen.js';

interface ImportOptions {
  readonly source: string;
  readonly map?: string;
  readonly encoding?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** Whole files of people, orders and contacts, taken in at once. */
export default defineCommands((program, desk) => {
  program
    .command('import')
    .description('take in a file of people, orders or contacts: CSV or JSON Lines, packed with gzip or not')
    .argument('<file>', 'the file')
    .requiredOption('--source <source>', 'code or id of the source whose file it is')
    .option('--map <file>', 'a JSON file that says which column holds what, where the guess is wrong')
    .option('--encoding <name>', 'how the file is written, as windows-1251 or iso-8859-7; guessed where it is not said')
    .option('--dry-run', 'show the mapping, what would become of the first rows, and how many are bad; change nothing')
    .addOption(asJson())
    .addHelpText(
      'after',
      [
        '',
        'Examples:',
        '  $ npx foyer import customers.csv --source crm --dry-run',
        '  $ npx foyer import orders.csv.gz --source pos --map map.json',
        '  $ npx foyer import clients.csv --source crm --encoding windows-1251',
        '',
        'A map: {"columns":{"Mail 2":"email","Notes":null},"constants":{"currency":"EUR"},"kind":"orders"}',
        'Broken off, it continues when it is run again; run once more, it changes nothing.',
      ].join('\n'),
    )
    .action(async (file: string, options: ImportOptions) => {
      const [{ Importer }, { readOverride }] = await Promise.all([
        import('../ingest/import/importer.js'),
        import('../ingest/import/mapping.rules.js'),
      ]);
      const override = options.map === undefined ? {} : readOverride(readFileSync(options.map, 'utf8'));
      const screen = new ImportScreen(desk, options.json === true);
      await desk.withFoyer(async (app) => {
        const importer = app.get(Importer);
        const plan = await importer.plan(file, options.source, override, options.encoding);
        screen.plan(plan);
        if (options.dryRun === true) screen.rehearsal(await importer.rehearse(plan), plan);
        else screen.summary(await importer.run(plan, (progress) => screen.progress(progress)), plan);
      });
    });
});
