import type { Command } from 'commander';
import { asJson } from './arguments.js';
import { defineCommands } from './command-group.js';
import type { Desk } from './desk.js';

/** Customers' own links. */
export default defineCommands((program, desk) => {
  program
    .command('link')
    .description('customers’ own links')
    .command('revoke')
    .description('end a link that was lost or forwarded; the page is gone and the code opens nothing')
    .argument('<link>', 'the link as it was mailed')
    .addOption(asJson())
    .addHelpText('after', '\nExample:\n  $ npx foyer link revoke https://foyer.example/c/…')
    .action(async (link: string, options: { json?: boolean }, command: Command) => {
      const id = await revoke(desk, link);
      if (id === undefined) return command.error('error: this is no link of ours; give it as it was mailed');
      desk.answer(options, { json: { what: 'link', id }, text: [`Revoked link ${id}.`] });
    });
});

/** Ends the link and returns its id; undefined when it is none of ours. */
async function revoke(desk: Desk, link: string): Promise<string | undefined> {
  const { Passes } = await import('../pass/passes.js');
  const { Transactions } = await import('../platform/database/transactions.js');
  const { operator, writeAudit } = await import('../access/audit-entry.js');
  return desk.withFoyer((app) =>
    app.get(Transactions).run(async (tx) => {
      const row = await app.get(Passes, { strict: false }).revokeLink(tx, link);
      if (!row) return undefined;
      const entry = { action: 'link.revoked', actor: operator, recordId: row.record_id, detail: { linkId: row.id } };
      await writeAudit(tx, entry, desk.clock.now());
      return row.id;
    }),
  );
}
