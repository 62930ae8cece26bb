import type { Command } from 'commander';
import type { Desk } from './desk.js';

/** Some commands that belong together; each lives in a `*.command.ts` of its own in this folder, as its default export. */
export interface CommandGroup {
  /** Adds the commands. Whatever they need beyond `desk` they import when they run, so that the others start fast. */
  readonly add: (program: Command, desk: Desk) => void;
}

/** Declares commands: the whole change that adds them. */
export function defineCommands(add: CommandGroup['add']): CommandGroup {
  return { add };
}
