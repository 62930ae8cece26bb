import type { Command } from 'commander';
import { operator, writeAudit } from '../access/audit-entry.js';
import type { Overgrown } from '../identity/overgrown/overgrown.store.js';
import { asJson, label } from './arguments.js';
import type { Desk } from './desk.js';

type Json = { readonly json?: boolean };

/** Commands for whoever is on call: components that grew too large, and values that identify nobody. */
export function addOvergrown(identity: Command, desk: Desk): void {
  identity
    .command('overgrown')
    .description('list components of records too large to be decided at once, and the value that holds each together')
    .addOption(asJson())
    .action(async (options: Json) => {
      const { listOvergrown } = await import('../identity/overgrown/overgrown.store.js');
      const open = await desk.withDatabase((tx) => listOvergrown(tx));
      desk.answer(options, {
        json: open,
        text: open.length > 0 ? open.flatMap(advice) : ['No component is too large.'],
      });
    });

  identity
    .command('block')
    .description(
      'declare a value to be a place’s or staff’s: it identifies nobody any more, and what it joined comes apart',
    )
    .argument('<kind>', 'of identifier: email, phone, loyalty, device …')
    .argument('<value>', 'the value')
    .requiredOption('--reason <text>', 'whose it is, for whoever asks later', label)
    .addOption(asJson())
    .addHelpText('after', '\nExample:\n  $ npx foyer identity block phone "030 901820" --reason "switchboard"')
    .action(async (kind: string, value: string, options: Json & { reason: string }) => {
      await change(desk, 'identity.value-blocked', { kind, reason: options.reason }, (identities, tx) =>
        identities.block(tx, { kind, value, reason: options.reason }),
      );
      desk.answer(options, { json: { kind, value, blocked: true }, text: [`${kind} ${value} identifies nobody now.`] });
    });

  identity
    .command('unblock')
    .description('let a value identify again that was blocked by mistake')
    .argument('<kind>', 'of identifier')
    .argument('<value>', 'the value')
    .addOption(asJson())
    .action(async (kind: string, value: string, options: Json) => {
      await change(desk, 'identity.value-unblocked', { kind }, (identities, tx) =>
        identities.unblock(tx, { kind, value }),
      );
      desk.answer(options, { json: { kind, value, blocked: false }, text: [`${kind} ${value} identifies again.`] });
    });
}

function advice({ recordId, since, records, decidedAt, kind, key, holders }: Overgrown): string[] {
  const size = records === null ? 'More records than can be decided at once' : `${records} records`;
  const state = decidedAt ? `decided ${decidedAt.toISOString()}` : 'not decided: its customers stay as they were';
  const held = `Most of them (${holders ?? 0}) hold ${kind ?? ''} ${key ?? ''}. If that is a place’s or staff’s:`;
  return [
    `${size} hang together around record ${recordId}, since ${since.toISOString()}; ${state}.`,
    ...(kind === null || key === null ? [] : [held, `  npx foyer identity block ${kind} "${key}" --reason "…"`]),
  ];
}

async function change(
  desk: Desk,
  action: string,
  detail: Record<string, unknown>,
  work: Parameters<typeof desk.withIdentities<void>>[0],
): Promise<void> {
  await desk.withIdentities(async (identities, tx) => {
    await work(identities, tx);
    await writeAudit(tx, { action, actor: operator, detail }, desk.clock.now());
  });
}
