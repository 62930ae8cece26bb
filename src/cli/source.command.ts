import { operator, writeAudit } from '../access/audit-entry.js';
import { addSource, addSourceKey, listSources, sourceIdOf, type NewKey } from '../access/enrolment/sources.js';
import { UserSignatures } from '../access/user-signatures.js';
import type { Command } from 'commander';
import { asJson, code, country, label, lifetime, origin, several, until } from './arguments.js';
import { defineCommands } from './command-group.js';
import { table } from './table.js';

interface KeyOptions {
  readonly json?: boolean;
  readonly browser?: boolean;
  readonly origin?: string[];
  readonly expires?: number;
}

interface AddOptions extends KeyOptions {
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly department?: string;
  readonly country: string;
  readonly trusted?: boolean;
  readonly store?: string;
}

/** Systems that tell of people, and the keys they are known by. */
export default defineCommands((program, desk) => {
  const source = program
    .command('source')
    .description('add and list the systems that tell of people, and give them keys');

  const add = withKeyOptions(source.command('add'))
    .description('add a source and print its key once')
    .requiredOption('--code <code>', 'short name, for these commands', code)
    .requiredOption('--name <name>', 'the name people read beside a value', label)
    .requiredOption('--kind <kind>', 'what system it is, as in web-shop, point-of-sale, service, finance', label)
    .option('--department <department>', 'whose records these are; its kind decides unless given', code)
    .option('--country <code>', 'ISO 3166; local telephone numbers are read as numbers of this country', country, 'DE')
    .option('--trusted', 'it is declared trusted to identify people; its kind decides unless given')
    .option('--no-trusted', 'it is not trusted to identify people')
    .option('--store <store>', 'code or id of the store it stands in');
  add
    .addHelpText(
      'after',
      [
        '',
        'Examples:',
        '  $ npx foyer source add --code shop --name "Web shop" --kind web-shop --browser --origin https://shop.example',
        '  $ npx foyer source add --code pos --name "Point of sale" --kind point-of-sale',
        '',
        'A browser key is public: what comes with it is a claim, and web pages of other origins are turned away.',
        "A server key is secret: what comes with it is asserted. The user-signature secret lets the shop's server sign user ids",
        '(HMAC-SHA-256 of the user id, hex), so that its pages may assert who is signed in.',
      ].join('\n'),
    )
    .action(async (options: AddOptions, command: Command) => {
      const { sourceKinds } = await import('../ingest/source-kinds.js');
      const kind = sourceKinds.get(options.kind);
      if (kind === undefined) {
        command.error(`error: there is no kind '${options.kind}'; choose one of ${[...sourceKinds.keys()].join(', ')}`);
      }
      const key = keyOf(options, command, desk.clock.now());
      const { department = kind.department, trusted = kind.trusted } = options;
      const added = await desk.withDatabase(async (tx) => {
        const now = desk.clock.now();
        const { id } = await addSource(tx, { ...options, department, trusted }, now);
        const made = await addSourceKey(tx, id, key, now);
        const detail = { sourceId: id, keyId: made.keyId, kind: key.kind };
        await writeAudit(tx, { action: 'source.added', actor: operator, detail }, now);
        return { id, code: options.code, kind: options.kind, department, trusted, keyKind: key.kind, ...made };
      });
      const userSignatureSecret = new UserSignatures(desk.keys).secretOf(added.id);
      desk.answer(options, {
        json: { ...added, userSignatureSecret },
        text: [
          `Added source ${added.code} (${added.id}) of ${department}${trusted ? ', trusted to identify people' : ''}.`,
          ...shown(added.key, key),
          `User-signature secret: ${userSignatureSecret}`,
        ],
      });
    });

  withKeyOptions(source.command('key'))
    .description('give a source one more key and print it once; revoke the old one afterwards')
    .argument('<source>', 'code or id of the source')
    .addHelpText(
      'after',
      '\nExample:\n  $ npx foyer source key shop --browser --origin https://shop.example --expires 1y',
    )
    .action(async (name: string, options: KeyOptions, command: Command) => {
      const key = keyOf(options, command, desk.clock.now());
      const made = await desk.withDatabase(async (tx) => {
        const now = desk.clock.now();
        const sourceId = await sourceIdOf(tx, name);
        const added = await addSourceKey(tx, sourceId, key, now);
        const detail = { sourceId, keyId: added.keyId, kind: key.kind };
        await writeAudit(tx, { action: 'source-key.added', actor: operator, detail }, now);
        return { sourceId, keyKind: key.kind, ...added };
      });
      desk.answer(options, { json: made, text: shown(made.key, key) });
    });

  source
    .command('list')
    .description('list the sources and the keys that work')
    .addOption(asJson())
    .action(async (options: { json?: boolean }) => {
      const sources = await desk.withDatabase((tx) => listSources(tx, desk.clock.now()));
      const rows = sources.flatMap(({ keys, ...each }) =>
        (keys.length > 0 ? keys : [undefined]).map((key) => ({
          ...each,
          key: key?.id,
          keyKind: key?.kind,
          origins: key?.origins,
        })),
      );
      const text = table(rows, ['code', 'kind', 'department', 'trusted', 'keyKind', 'key', 'origins']);
      desk.answer(options, { json: sources, text: sources.length > 0 ? text : ['There are no sources yet.'] });
    });
});

function withKeyOptions(command: Command): Command {
  return command
    .option('--server', 'a secret key for a server (the default)')
    .option('--browser', 'a public key for web pages and apps')
    .option('--origin <origin>', 'web origin that may use the browser key; may be given several times', several(origin))
    .option('--expires <span>', 'how long the key works, as in 30d or 1y; for ever unless given', lifetime)
    .addOption(asJson());
}

function keyOf(options: KeyOptions & { readonly server?: boolean }, command: Command, now: Date): NewKey {
  const { browser = false, server = false, origin: origins = [], expires } = options;
  const end = expires === undefined ? {} : { expiresAt: until(now, expires) };
  if (browser && server) command.error('error: choose --browser or --server; "npx foyer source key" adds a second key');
  if (browser && origins.length === 0)
    command.error('error: a browser key needs at least one --origin, as in https://shop.example');
  if (!browser && origins.length > 0) command.error('error: --origin belongs to a browser key; add --browser');
  return browser ? { kind: 'BROWSER', origins, ...end } : { kind: 'SERVER', ...end };
}

function shown(key: string, { kind }: NewKey): string[] {
  const what = kind === 'BROWSER' ? 'Browser key (public)' : 'Server key (secret, shown only now)';
  return [`${what}: ${key}`];
}
