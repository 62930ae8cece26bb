import { parentPort, workerData } from 'node:worker_threads';
import type { Finder, Findings } from '../projection.js';
import type { ReceivedMessage } from '../tracking-event.js';
import { ImportFault } from './import-fault.js';
import { preparedRows, type Reading } from './prepared-rows.js';
import { messagesOf } from './prepare-row.js';
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
const chunks = preparedRows(reading, () => asked);

async function answer(): Promise<ThreadAnswer> {
  try {
    const next = await chunks.next();
    if (next.done === true) return { end: true };
    const { rows, bytesRead } = next.value;
    const messages = messagesOf(rows);
    const findings = rooms.flatMap(([room, finder]) => found(room, finder, messages));
    return { rows: rows.map(sentRow), bytesRead, findings };
  } catch (error) {
    if (error instanceof ImportFault) return { fault: error.message };
    throw error;
  }
}

/** Of rows one of which cannot be understood nothing is found ahead; whoever writes them finds out which one it is. */
function found(room: string, finder: Finder, messages: readonly ReceivedMessage[]): Findings {
  try {
    return [[room, finder.find(messages)]];
  } catch {
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
