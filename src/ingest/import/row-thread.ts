import { parentPort, workerData } from 'node:worker_threads';
import type { Finder, Findings } from '../projection.js';
import type { ReceivedMessage } from '../tracking-event.js';
import { ImportFault } from './import-fault.js';
import { preparedRows, type Reading } from './prepared-rows.js';
import { messagesOf, type PreparedRow } from './prepare-row.js';
import { type SentRow, sentRow } from './sent-rows.js';

/** What a thread that reads rows is given: what to read, and by room the module that finds out more of them. */
export interface ThreadTask {
  readonly reading: Reading;
  readonly finders: readonly (readonly [room: string, module: string])[];
}

/** What the thread answers each time when it is asked for the next rows; the question is what time it is. */
export type ThreadAnswer =
  | { readonly rows: readonly SentRow[]; readonly bytesRead: number; readonly findings: Findings }
  | { readonly end: true }
  | { readonly fault: string };

const { reading, finders } = workerData as ThreadTask;
const rooms = await Promise.all(
  finders.map(async ([room, module]) => [room, ((await import(module)) as { finder: Finder }).finder] as const),
);
let asked = new Date(0);
let found = new Map<string, unknown[]>();
const chunks = preparedRows(reading, () => asked, made);

async function answer(): Promise<ThreadAnswer> {
  found = new Map(rooms.map(([room]) => [room, []]));
  try {
    const next = await chunks.next();
    return next.done === true ? { end: true } : { ...next.value, findings: [...found] };
  } catch (error) {
    if (error instanceof ImportFault) return { fault: error.message };
    throw error;
  }
}

/** Finds out what a row says, and leaves of it what is sent. */
function made(prepared: PreparedRow): SentRow {
  const messages = messagesOf([prepared]);
  for (const [room, finder] of rooms) found.get(room)?.push(...findings(room, finder, messages));
  return sentRow(prepared);
}

/** Of rows one of which cannot be understood nothing is found ahead; whoever writes them finds out which one it is. */
function findings(room: string, finder: Finder, messages: readonly ReceivedMessage[]): readonly unknown[] {
  try {
    return finder.find(messages);
  } catch {
    found.delete(room);
    return [];
  }
}

let turn = Promise.resolve();
parentPort?.on('message', (now: Date) => {
  turn = turn.then(async () => {
    asked = now;
    parentPort?.postMessage(await answer());
  });
});
