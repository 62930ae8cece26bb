import { operator, writeAudit } from '../access/audit-entry.js';
import { revoke } from '../access/enrolment/revocation.js';
import { asJson } from './arguments.js';
import { defineCommands } from './command-group.js';

/** Taking rights back. */
export default defineCommands((program, desk) => {
  program
    .command('revoke')
    .description('end a token, a source key, a tablet or a member of staff; open sockets close within five seconds')
    .argument('<what>', 'the token or key itself, its id, the id of a tablet, or the code or id of a member of staff')
    .addOption(asJson())
    .addHelpText('after', '\nExamples:\n  $ npx foyer revoke foyer_tablet_…\n  $ npx foyer revoke kim')
    .action(async (what: string, options: { json?: boolean }) => {
      const revoked = await desk.withDatabase(async (tx) => {
        const now = desk.clock.now();
        const done = await revoke(tx, what, now);
        await writeAudit(tx, { action: 'access.revoked', actor: operator, detail: { ...done } }, now);
        return done;
      });
      desk.answer(options, { json: revoked, text: [`Revoked ${revoked.what} ${revoked.id}.`] });
    });
});
