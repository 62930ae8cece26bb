import { inTurn } from './in-turn.js';
import { openLoop, post } from './open-loop.js';

/** Requests at a fixed rate, open loop. */
export interface LatencyJob {
  readonly what: 'latency';
  readonly url: string;
  readonly rate: number;
  readonly count: number;
  readonly requests: readonly { readonly body: string; readonly authorization: string }[];
}

/** Milliseconds from the moment each was due to its answer. */
export async function measureLatency({ url, rate, count, requests }: LatencyJob): Promise<number[]> {
  const taken: number[] = [];
  const next = inTurn(url, requests);
  await openLoop(rate, count, async (_number, dueAt) => {
    const { body = '', authorization = '' } = next() ?? {};
    await post(url, authorization, body);
    taken.push(performance.now() - dueAt);
  });
  return taken;
}
