import type { Command } from 'commander';
import { asJson } from './arguments.js';
import { defineCommands } from './command-group.js';
import type { Desk } from './desk.js';

/** Members' wallet passes. */
export default defineCommands((program, desk) => {
  program
    .command('wallet')
    .description('members’ wallet passes')
    .command('revoke')
    .description('end a wallet pass whose phone was lost; its codes open nothing and its page is gone')
    .argument('<pass>', 'id of the pass, as issueWalletPass answered it; it also stands in every code after FYR1-')
    .addOption(asJson())
    .addHelpText('after', '\nExample:\n  $ npx foyer wallet revoke 0199D3F07C217A449B1E5D2C3E4F5A6B')
    .action(async (pass: string, options: { json?: boolean }, command: Command) => {
      const id = await revoke(desk, pass);
      if (id === undefined)
        return command.error('error: this is no wallet pass of ours; give the id it was issued with');
      desk.answer(options, { json: { what: 'wallet', id }, text: [`Revoked wallet pass ${id}.`] });
    });
});

/** Ends the pass and returns its id; undefined when it is none of ours. */
async function revoke(desk: Desk, pass: string): Promise<string | undefined> {
  const { idOfWalletPass, walletName } = await import('../pass/wallet-code.rules.js');
  const { revokeWallet } = await import('../pass/wallet.query.js');
  const { Transactions } = await import('../platform/database/transactions.js');
  const { operator, writeAudit } = await import('../access/audit-entry.js');
  const id = idOfWalletPass(pass.trim());
  if (id === undefined) return undefined;
  return desk.withFoyer((app) =>
    app.get(Transactions).run(async (tx) => {
      const now = desk.clock.now();
      const recordId = await revokeWallet(tx, id, now);
      if (recordId === undefined) return undefined;
      await writeAudit(tx, { action: 'wallet.revoked', actor: operator, recordId, detail: { passId: id } }, now);
      return walletName(id);
    }),
  );
}
