import { Option } from 'commander';
import { operator, writeAudit } from '../access/audit-entry.js';
import { issueToken, tabletIdOf } from '../access/enrolment/access-tokens.js';
import { issueEnrolCode } from '../access/enrolment/enrol-codes.js';
import { addTablet, listTablets } from '../access/enrolment/tablets.js';
import { days } from '../shared/clock.js';
import { asJson, label, lifetime, until } from './arguments.js';
import { defineCommands } from './command-group.js';
import { table } from './table.js';

interface AddOptions {
  readonly json?: boolean;
  readonly store: string;
  readonly name: string;
  readonly expires: number;
}

/** Tablets of stores. */
export default defineCommands((program, desk) => {
  const tablet = program.command('tablet').description('add and list tablets');

  tablet
    .command('add')
    .description(
      'add a tablet to a store and print, once, the code that enrols it and a token for a client of your own',
    )
    .requiredOption('--store <store>', 'code or id of the store')
    .requiredOption('--name <name>', 'where it is, as in Entrance', label)
    .addOption(
      new Option('--expires <span>', 'how long its token works, as in 30d or 1y')
        .argParser(lifetime)
        .default(days(365), '1y'),
    )
    .addOption(asJson())
    .addHelpText('after', '\nExample:\n  $ npx foyer tablet add --store berlin --name Entrance')
    .action(async ({ store, name, expires, ...options }: AddOptions) => {
      const added = await desk.withDatabase(async (tx) => {
        const now = desk.clock.now();
        const { id, storeId } = await addTablet(tx, { store, name }, now);
        const issued = await issueToken(tx, { tablet: id }, until(now, expires), now);
        const detail = { tabletId: id, tokenId: issued.tokenId };
        await writeAudit(tx, { action: 'tablet.added', actor: operator, storeId, detail }, now);
        const enrol = await issueEnrolCode(tx, id, now);
        return { id, storeId, name, ...issued, enrolCode: enrol.code, enrolUntil: enrol.expiresAt };
      });
      desk.answer(options, {
        json: added,
        text: [
          `Added tablet ${added.name} (${added.id}).`,
          `Code to type on the tablet at /tablet (works once, for ten minutes): ${added.enrolCode}`,
          `Or a token for a client of your own (shown only now, works until ${added.expiresAt.toISOString()}): ${added.token}`,
        ],
      });
    });

  tablet
    .command('code')
    .description('print a new code that enrols a tablet once, within ten minutes')
    .requiredOption('--tablet <id>', 'id of the tablet')
    .addOption(asJson())
    .action(async ({ tablet: id, ...options }: { tablet: string; json?: boolean }) => {
      const issued = await desk.withDatabase(async (tx) => {
        const now = desk.clock.now();
        await writeAudit(tx, { action: 'tablet.code-issued', actor: operator, detail: { tabletId: id } }, now);
        return issueEnrolCode(tx, await tabletIdOf(tx, id), now);
      });
      desk.answer(options, { json: issued, text: [`Code (works once, for ten minutes): ${issued.code}`] });
    });

  tablet
    .command('list')
    .description('list the tablets')
    .addOption(asJson())
    .action(async (options: { json?: boolean }) => {
      const tablets = await desk.withDatabase((tx) => listTablets(tx, desk.clock.now()));
      const text = table(tablets, ['store', 'name', 'enrolled', 'tokenUntil', 'revokedAt', 'id']);
      desk.answer(options, { json: tablets, text: tablets.length > 0 ? text : ['There are no tablets yet.'] });
    });
});
