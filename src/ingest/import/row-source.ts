import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Clock } from '../../shared/clock.js';
import type { Projections } from '../projections.js';
import { ImportFault } from './import-fault.js';
import { type Chunk, preparedRows, type Reading } from './prepared-rows.js';
import type { ThreadAnswer, ThreadTask } from './row-thread.js';
import { messagesOf } from './prepare-row.js';
import { receivedRow } from './sent-rows.js';

/** Bytes of a file, packed as it is, from which on a thread of its own is worth its start. */
const worthThread = 200_000;
/** Parts that the thread may be ahead of those who write them. */
const partsAhead = 2;

/** The program of the thread; it is not there where the product runs without being compiled. */
const program = fileURLToPath(new URL('./row-thread.js', import.meta.url));

/** Rows of a file as they are written together, read while the ones before are being written; a large file is read by a thread of its own. */
export function rowsAhead(reading: Reading, projections: Projections, clock: Clock): AsyncGenerator<Chunk> {
  if (reading.file.size >= worthThread && existsSync(program)) return ofThread(reading, projections, clock);
  return oneAhead(
    preparedRows(
      reading,
      () => clock.now(),
      (prepared) => {
        projections.prepare(messagesOf([prepared]));
        return prepared;
      },
    ),
  );
}

async function* ofThread(reading: Reading, projections: Projections, clock: Clock): AsyncGenerator<Chunk> {
  const task: ThreadTask = { reading, finders: projections.finders() };
  const thread = new Worker(program, { workerData: task });
  const answers = answersOf(thread);
  const ask = (): void => thread.postMessage(clock.now());
  try {
    for (let part = 0; part < partsAhead; part += 1) ask();
    for await (const answer of answers) {
      if ('end' in answer) return;
      if ('fault' in answer) throw new ImportFault(answer.fault);
      ask();
      const rows = answer.rows.map((row) => receivedRow(row, reading.source));
      projections.adopt(messagesOf(rows), answer.findings);
      yield { rows, bytesRead: answer.bytesRead };
    }
  } finally {
    await thread.terminate();
  }
}

/** What a thread answers, in order; its end or its fault is one of whoever waits. */
async function* answersOf(thread: Worker): AsyncGenerator<ThreadAnswer> {
  const answers: ThreadAnswer[] = [];
  let failure: Error | undefined;
  let wake = (): void => undefined;
  const note = (change: () => void): void => {
    change();
    wake();
  };
  thread.on('message', (answer: ThreadAnswer) => note(() => answers.push(answer)));
  thread.on('error', (error: Error) => note(() => (failure = error)));
  thread.on('messageerror', (error: Error) => note(() => (failure = error)));
  thread.on('exit', () => note(() => (failure ??= new Error('The thread that reads the file has ended.'))));
  for (;;) {
    const answer = answers.shift();
    if (answer) yield answer;
    else if (failure) throw failure;
    else await new Promise<void>((resolve) => (wake = resolve));
  }
}

/** Reads the next part while the one before is being worked on. */
async function* oneAhead<T>(source: AsyncGenerator<T>): AsyncGenerator<T> {
  let next = source.next();
  try {
    for (;;) {
      const part = await next;
      if (part.done === true) return;
      next = source.next();
      // It is told when it is asked for, which may be much later.
      next.catch(() => undefined);
      yield part.value;
    }
  } finally {
    await next.catch(() => undefined);
    await source.return(undefined);
  }
}
