import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { openLoop, post } from './open-loop.js';

/** Visitors check in at one process, tablets hear of it from another. */
export interface ArrivalsJob {
  readonly what: 'arrivals';
  readonly checkInUrl: string;
  readonly tabletUrl: string;
  readonly tablets: readonly { readonly storeId: string; readonly token: string }[];
  /** Who checks in, round after round; the tablets stay connected over all of them. */
  readonly rounds: readonly (readonly Visitor[])[];
  readonly rate: number;
  readonly checkIn: string;
  readonly arrivals: string;
}

/** Somebody with a pass, and the store she shows it in. */
export interface Visitor {
  readonly storeId: string;
  readonly code: string;
}

/** What came of each round: milliseconds from the moment a check-in was due to each tablet of its store. */
export interface Arrivals {
  readonly taken: number[];
  readonly missed: number;
}

interface Told {
  readonly arrivals: {
    readonly kind: string;
    readonly visit: { readonly id: string; readonly context: object | null };
  };
}

/** Milliseconds in which tablets that were opened all at once, at a process just started, come to rest before the warm-up. */
const settling = 2000;
/** Milliseconds after the last check-in of a round after which an arrival counts as missed. */
const grace = 1500;

/** Follows with all tablets, checks everybody in, round after round, and matches what the tablets were told. */
export async function followArrivals(job: ArrivalsJob): Promise<Arrivals[]> {
  const heard = new Map<string, number[]>();
  const clients = await Promise.all(
    job.tablets.map((tablet) =>
      follow(job, tablet, (visitId) => {
        const moments = heard.get(visitId) ?? [];
        moments.push(performance.now());
        heard.set(visitId, moments);
      }),
    ),
  );
  await new Promise((resolve) => setTimeout(resolve, settling));
  const perStore = job.tablets.length / new Set(job.tablets.map(({ storeId }) => storeId)).size;
  const rounds: Arrivals[] = [];
  for (const visitors of job.rounds) {
    const due = await checkIn(job, visitors);
    await new Promise((resolve) => setTimeout(resolve, grace));
    const taken = [...due].flatMap(([id, dueAt]) => (heard.get(id) ?? []).map((moment) => moment - dueAt));
    rounds.push({ taken, missed: due.size * perStore - taken.length });
    heard.clear();
  }
  for (const client of clients) await client.dispose();
  return rounds;
}

/** Checks everybody in at the job's rate; the visits, with the moment each was due. */
async function checkIn(job: ArrivalsJob, visitors: readonly Visitor[]): Promise<Map<string, number>> {
  const due = new Map<string, number>();
  const tokenOf = new Map(job.tablets.map(({ storeId, token }) => [storeId, token]));
  await openLoop(job.rate, visitors.length, async (number, dueAt) => {
    const { storeId, code } = visitors[number] ?? { storeId: '', code: '' };
    const input = { storeId, code, idempotencyKey: `bench-${code}` };
    const body = JSON.stringify({ query: job.checkIn, variables: { input } });
    const answer = JSON.parse(
      await post(`${job.checkInUrl}/graphql`, `Bearer ${tokenOf.get(storeId)}`, body),
    ) as CheckedIn;
    const result = answer.data?.checkIn;
    if (result?.__typename !== 'CheckedIn') throw new Error(`A check-in was refused: ${JSON.stringify(answer)}`);
    due.set(result.visit.id, dueAt);
  });
  return due;
}

interface CheckedIn {
  readonly data?: { readonly checkIn: { readonly __typename: string; readonly visit: { readonly id: string } } };
}

/** Opens one tablet's line; settled when the line is open. */
async function follow(
  { tabletUrl, arrivals }: ArrivalsJob,
  { storeId, token }: ArrivalsJob['tablets'][number],
  hear: (visitId: string) => void,
): Promise<Client> {
  let opened: () => void = () => undefined;
  const open = new Promise<void>((resolve) => (opened = resolve));
  const client = createClient({
    url: `${tabletUrl.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${token}` },
    on: { connected: opened },
  });
  client.subscribe<Told>(
    { query: arrivals, variables: { storeId } },
    {
      next: ({ data }) => {
        if (data?.arrivals.kind === 'ARRIVED') hear(data.arrivals.visit.id);
      },
      error: (error) => console.error('A tablet lost its line:', error),
      complete: () => undefined,
    },
  );
  await open;
  return client;
}
