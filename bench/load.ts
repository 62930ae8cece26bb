import { inspect } from 'node:util';
import { followArrivals, type ArrivalsJob } from './load/arrivals.js';
import { followFacts, type FactsJob } from './load/facts.js';
import { measureLatency, type LatencyJob } from './load/latency.js';
import { measureThroughput, type ThroughputJob } from './load/throughput.js';

/** What the load process can be asked to do. */
export type Job = ThroughputJob | LatencyJob | ArrivalsJob | FactsJob;

/** The process that makes all load, so that no measured process shares its work; it takes one job after the other. */
async function work(job: Job): Promise<unknown> {
  switch (job.what) {
    case 'throughput':
      return measureThroughput(job);
    case 'latency':
      return measureLatency(job);
    case 'arrivals':
      return followArrivals(job);
    case 'facts':
      return followFacts(job);
  }
}

process.on('message', (job: Job) => {
  work(job).then(
    (result) => process.send?.({ result }),
    (error: unknown) => process.send?.({ error: inspect(error) }),
  );
});
process.once('disconnect', () => process.exit(0));
