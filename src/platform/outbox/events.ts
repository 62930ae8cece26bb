/**
 * What rooms say downwards: topic and payload, ids only.
 * A room adds its own by declaration merging, beside the code that says it. Payloads only grow.
 */
export interface Events {
  /** Nobody listens; it proves that a message passes from commit to queue. */
  'outbox.probed': { readonly probeId: string };
}

/** The name of an event. */
export type Topic = keyof Events;
