import { operator, writeAudit } from '../access/audit-entry.js';
import { staffIdOf } from '../access/enrolment/access-tokens.js';
import { setPin } from '../access/enrolment/pins.js';
import { addStaff, listStaff } from '../access/enrolment/staff-members.js';
import { roles, type Role } from '../access/role.js';
import type { Sql } from '../access/enrolment/sql.js';
import { asJson, code, label, language, role, several } from './arguments.js';
import { defineCommands } from './command-group.js';
import type { Desk } from './desk.js';
import { table } from './table.js';

interface AddOptions {
  readonly json?: boolean;
  readonly code: string;
  readonly name: string;
  readonly role: Role;
  readonly store?: string[];
  readonly language: string;
  readonly email?: string[];
  readonly phone?: string[];
}

/** Staff, their roles and stores. */
export default defineCommands((program, desk) => {
  const staff = program.command('staff').description('add and list staff');

  staff
    .command('add')
    .description('add a member of staff; "npx foyer token --staff" signs her in')
    .requiredOption('--code <code>', 'short name, for these commands', code)
    .requiredOption('--name <name>', 'the name colleagues read', label)
    .requiredOption('--role <role>', roles.join(', '), role)
    .option(
      '--store <store>',
      'code or id of a store she works in; may be given several times',
      several((text) => text),
    )
    .option('--language <code>', 'in which she reads', language, 'en')
    .option(
      '--email <address>',
      'an address of hers at work: typed in for a customer, it identifies nobody; may be given several times',
      several((text) => text),
    )
    .option(
      '--phone <number>',
      'likewise a number',
      several((text) => text),
    )
    .addOption(asJson())
    .addHelpText(
      'after',
      '\nExample:\n  $ npx foyer staff add --code kim --name "Kim" --role associate --store berlin --email kim@till.example',
    )
    .action(async ({ name, store = [], email = [], phone = [], ...options }: AddOptions) => {
      const addresses = [
        ...email.map((value) => ({ kind: 'email', value })),
        ...phone.map((value) => ({ kind: 'phone', value })),
      ];
      const added = await withAddressesBlocked(desk, addresses, `staff: ${options.code}`, async (tx) => {
        const now = desk.clock.now();
        const enrolled = await addStaff(tx, { ...options, displayName: name, stores: store }, now);
        const detail = { staffId: enrolled.id, role: options.role };
        await writeAudit(tx, { action: 'staff.added', actor: operator, detail }, now);
        return { ...enrolled, code: options.code, displayName: name, role: options.role };
      });
      desk.answer(options, {
        json: added,
        text: [`Added ${added.role} ${added.code} (${added.id}).`, `Next: npx foyer token --staff ${added.code}`],
      });
    });

  staff
    .command('pin')
    .description('set the PIN with which a member of staff opens a shift on a tablet')
    .requiredOption('--staff <staff>', 'her code or id')
    .requiredOption('--pin <digits>', '4 to 8 digits')
    .addOption(asJson())
    .addHelpText('after', '\nExample:\n  $ npx foyer staff pin --staff kim --pin 5823')
    .action(async ({ staff: name, pin, ...options }: { staff: string; pin: string; json?: boolean }) => {
      const staffId = await desk.withDatabase(async (tx) => {
        const now = desk.clock.now();
        const id = await staffIdOf(tx, name);
        await setPin(tx, id, pin, now);
        await writeAudit(tx, { action: 'staff.pin-set', actor: operator, detail: { staffId: id } }, now);
        return id;
      });
      desk.answer(options, { json: { staffId }, text: ['The PIN is set.'] });
    });

  staff
    .command('list')
    .description('list the staff')
    .addOption(asJson())
    .action(async (options: { json?: boolean }) => {
      const members = await desk.withDatabase((tx) => listStaff(tx));
      const text = table(members, ['code', 'displayName', 'role', 'stores', 'language', 'revokedAt', 'id']);
      desk.answer(options, { json: members, text: members.length > 0 ? text : ['There is no staff yet.'] });
    });
});

type Address = { readonly kind: string; readonly value: string };

/** Enrols her in the transaction that keeps her addresses from identifying customers; without any, the database is enough. */
async function withAddressesBlocked<T>(
  desk: Desk,
  addresses: readonly Address[],
  reason: string,
  enrol: (tx: Sql) => Promise<T>,
): Promise<T> {
  if (addresses.length === 0) return desk.withDatabase(enrol);
  return desk.withIdentities(async (identities, tx) => {
    const enrolled = await enrol(tx);
    for (const address of addresses) await identities.block(tx, { ...address, reason });
    return enrolled;
  });
}
