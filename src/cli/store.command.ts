import type { Command } from 'commander';
import { operator, writeAudit } from '../access/audit-entry.js';
import { addStore, listStores, type NewStore } from '../access/enrolment/stores.js';
import { asJson, code, country, currency, label, language, promise, closingTime, timeZone } from './arguments.js';
import { defineCommands } from './command-group.js';
import { table } from './table.js';

interface Json {
  readonly json?: boolean;
}

/** Stores, and the devices that stand in them. */
export default defineCommands((program, desk) => {
  const store = program.command('store').description('add and list stores, and name their shared devices');

  store
    .command('add')
    .description('add a store')
    .requiredOption('--code <code>', 'short name, for links and these commands', code)
    .requiredOption('--name <name>', 'the name people read', label)
    .option('--time-zone <zone>', 'IANA time zone; it decides what day it is there', timeZone, 'Europe/Berlin')
    .option('--currency <code>', 'ISO 4217', currency, 'EUR')
    .option('--country <code>', 'ISO 3166; local telephone numbers are read as numbers of this country', country, 'DE')
    .option('--language <code>', 'of its tablets, unless staff or the tablet says otherwise', language, 'en')
    .option('--promise-minutes <minutes>', 'within which a visitor is greeted, or none', promise, 5)
    .option(
      '--closes-at <time>',
      'local closing time, 05:00 to 23:59; at midnight, visits still open end as of then',
      closingTime,
      '20:00',
    )
    .addOption(asJson())
    .addHelpText('after', '\nExample:\n  $ npx foyer store add --code berlin --name "Berlin Mitte" --promise-minutes 3')
    .action(async (options: NewStore & Json) => {
      const added = await desk.withDatabase(async (tx) => {
        const now = desk.clock.now();
        const { json: _, ...input } = options;
        const enrolled = await addStore(tx, input, now);
        await writeAudit(tx, { action: 'store.added', actor: operator, storeId: enrolled.id }, now);
        return enrolled;
      });
      desk.answer(options, {
        json: added,
        text: [
          `Added store ${added.code} (${added.id}).`,
          `Next: npx foyer tablet add --store ${added.code} --name Entrance`,
        ],
      });
    });

  store
    .command('list')
    .description('list the stores')
    .addOption(asJson())
    .action(async (options: Json) => {
      const stores = await desk.withDatabase((tx) => listStores(tx));
      const text = table(stores, ['code', 'name', 'timeZone', 'currency', 'country', 'closesAt', 'id']);
      desk.answer(options, { json: stores, text: stores.length > 0 ? text : ['There are no stores yet.'] });
    });

  store
    .command('device')
    .description('name a device that many people share (kiosk, tablet, display), so that it never identifies anybody')
    .argument('<device>', 'the anonymous id that the tracking SDK of the device sends')
    .option('--store <store>', 'code or id of the store it stands in')
    .option('--release', 'it was named by mistake and may identify again')
    .addOption(asJson())
    .addHelpText('after', '\nExample:\n  $ npx foyer store device 7f1c9a52-kiosk --store berlin')
    .action(async (device: string, options: Json & { store?: string; release?: boolean }, command: Command) => {
      const { store: stands, release = false } = options;
      if (release === (stands !== undefined))
        command.error('error: say where it stands with --store <store>, or --release');
      const { releaseDevice, shareDevice } = await import('./shared-devices.js');
      const storeId = await desk.withFoyer(async (app) => {
        if (stands !== undefined) return shareDevice(app, device, stands, desk.clock.now());
        await releaseDevice(app, device, desk.clock.now());
        return null;
      });
      const said = release ? 'The device may identify again.' : 'The device identifies nobody any more.';
      desk.answer(options, { json: { device, storeId, shared: !release }, text: [said] });
    });

  store
    .command('devices')
    .description('list the shared devices')
    .addOption(asJson())
    .action(async (options: Json) => {
      const { listDevices } = await import('./shared-devices.js');
      const devices = await desk.withDatabase((tx) => listDevices(tx));
      const text = table(devices, ['store', 'device']);
      desk.answer(options, { json: devices, text: devices.length > 0 ? text : ['No shared devices are named.'] });
    });
});
