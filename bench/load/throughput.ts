import autocannon from 'autocannon';
import { eventBatch } from './batch.js';
import { inTurn } from './in-turn.js';

/** As many requests as 16 connections get answered. */
export interface ThroughputJob {
  readonly what: 'throughput';
  readonly url: string;
  readonly path: string;
  readonly connections: number;
  readonly seconds: number;
  /** What every answer that counts holds. */
  readonly expect: string;
  /** Asked one after the other, in the next round from where this one ended; for `/v1/batch` bodies are made on the way. */
  readonly requests: readonly { readonly body: string; readonly authorization: string }[] | { readonly key: string };
}

/** What came of it. */
export interface Throughput {
  readonly perSecond: number;
  readonly failures: number;
}

/** Asks as fast as the connections are answered. */
export async function measureThroughput(job: ThroughputJob): Promise<Throughput> {
  const { requests } = job;
  const next =
    'key' in requests
      ? () => ({ body: eventBatch(100), authorization: `Basic ${btoa(`${requests.key}:`)}` })
      : inTurn(job.url, requests);
  const result = await autocannon({
    url: job.url,
    connections: job.connections,
    duration: job.seconds,
    verifyBody: (body) => String(body).includes(job.expect),
    requests: [
      {
        method: 'POST',
        path: job.path,
        setupRequest: (request) => {
          const { body = '', authorization = '' } = next() ?? {};
          return { ...request, body, headers: { 'content-type': 'application/json', authorization } };
        },
      },
    ],
  });
  return { perSecond: result['2xx'] / result.duration, failures: result.non2xx + result.errors + result.mismatches };
}
