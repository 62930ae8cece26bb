import { channel } from 'node:diagnostics_channel';

/** Where it is told how many milliseconds the linkage of a batch took: keys, comparing, edges and deciding who is whose. */
export const linkageChannel = 'foyer.identity.linkage';

const linkage = channel(linkageChannel);

/** Does the linkage of a batch and, where somebody listens, tells how long it took. */
export async function timed<T>(work: () => Promise<T>): Promise<T> {
  if (!linkage.hasSubscribers) return work();
  const start = performance.now();
  const result = await work();
  linkage.publish(performance.now() - start);
  return result;
}
