import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import type { Clock } from '../shared/clock.js';
import { oneLine } from '../shared/one-line.js';
import { root } from '../shared/root.js';
import { commandGroups } from './command-groups.js';
import { complaint } from './complaint.js';
import { Desk, type Output } from './desk.js';

const wrongArguments = 2;
const failure = 1;

/** How a command line is run apart from the process it runs in. */
export interface Surroundings {
  readonly output?: Output;
  readonly environment?: NodeJS.ProcessEnv;
  readonly clock?: Clock;
}

const terminal: Output = {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
};

/** Runs one command line and returns its exit code: 0 done, 1 failed, 2 wrong arguments. */
export async function runCommand(line: readonly string[], surroundings: Surroundings = {}): Promise<number> {
  const { output = terminal, environment, clock } = surroundings;
  const program = build(output, new Desk(output, environment, clock));
  try {
    await program.parseAsync([...line], { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : wrongArguments;
    output.err(complaint(error));
    return failure;
  }
}

function build(output: Output, desk: Desk): Command {
  const program = new Command('foyer')
    .description('Foyer recognises a customer as she walks into the store. These commands set up who may do what.')
    .version(version(), '-v, --version', 'print the version')
    .helpCommand(false)
    .showHelpAfterError(false)
    .configureOutput({
      writeOut: (text) => output.out(text.trimEnd()),
      writeErr: (text) => output.err(text.trimEnd()),
      outputError: (text, write) => write(oneLine(text)),
    })
    .addHelpText(
      'after',
      [
        '',
        'Examples:',
        '  $ npx foyer store add --code berlin --name "Berlin Mitte"',
        '  $ npx foyer tablet add --store berlin --name Entrance',
        '  $ npx foyer source add --code shop --name "Web shop" --kind web-shop --browser --origin https://shop.example',
        '',
        'Without DATABASE_URL the commands join the embedded PostgreSQL in FOYER_DIR (.foyer), beside a running server or not.',
        'Exit codes: 0 done, 1 failed, 2 wrong arguments.',
      ].join('\n'),
    );
  for (const group of commandGroups) group.add(program, desk);
  for (const command of [program, ...descendants(program)]) settle(command);
  return program;
}

// Commander prints a page of help when a subcommand is missing; one line tells more.
function settle(command: Command): void {
  command.exitOverride().allowExcessArguments(false);
  if (command.commands.length === 0) return;
  const names = command.commands.map((one) => one.name()).join(', ');
  const path = command.parent === null ? 'npx foyer' : `npx foyer ${command.name()}`;
  command
    .usage('<command> [options]')
    .argument('[command]')
    .action((given?: string) => {
      if (given === undefined && command.parent === null) return command.outputHelp();
      const said = given === undefined ? 'say what to do' : `unknown command '${given}'`;
      command.error(`error: ${said}; one of ${names} ("${path} --help")`);
    });
}

function descendants(command: Command): Command[] {
  return command.commands.flatMap((child) => {
    const copied = child;
    copied.copyInheritedSettings(command);
    return [copied, ...descendants(copied)];
  });
}

function version(): string {
  return (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;
}
