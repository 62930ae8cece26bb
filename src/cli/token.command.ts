import type { Command } from 'commander';
import { operator, writeAudit } from '../access/audit-entry.js';
import { issueToken } from '../access/enrolment/access-tokens.js';
import { days, hours } from '../shared/clock.js';
import { asJson, lifetime, until } from './arguments.js';
import { defineCommands } from './command-group.js';

interface Options {
  readonly json?: boolean;
  readonly staff?: string;
  readonly tablet?: string;
  readonly expires?: number;
}

const shift = hours(12);
const tabletYear = days(365);

/** Tokens by which tablets and staff are known. */
export default defineCommands((program, desk) => {
  program
    .command('token')
    .description('print a new token, once, for staff, a tablet, or staff on shift at one tablet')
    .option('--staff <staff>', 'code or id of the member of staff')
    .option('--tablet <tablet>', 'id of the tablet; with --staff she works only at its store')
    .option('--expires <span>', 'how long it works; 12h for staff and 1y for a tablet unless given', lifetime)
    .addOption(asJson())
    .addHelpText(
      'after',
      '\nExamples:\n  $ npx foyer token --staff kim --expires 8h\n  $ npx foyer token --tablet 0190b2c4-…',
    )
    .action(async ({ staff, tablet, expires, ...options }: Options, command: Command) => {
      if (staff === undefined && tablet === undefined)
        command.error('error: say for whom: --staff <staff>, --tablet <tablet>, or both');
      const issued = await desk.withDatabase(async (tx) => {
        const now = desk.clock.now();
        const bearer = { ...(staff === undefined ? {} : { staff }), ...(tablet === undefined ? {} : { tablet }) };
        const span = expires ?? (staff === undefined ? tabletYear : shift);
        const made = await issueToken(tx, bearer, until(now, span), now);
        await writeAudit(tx, { action: 'token.issued', actor: operator, detail: { tokenId: made.tokenId } }, now);
        return made;
      });
      desk.answer(options, {
        json: issued,
        text: [`Token (shown only now, works until ${issued.expiresAt.toISOString()}): ${issued.token}`],
      });
    });
});
