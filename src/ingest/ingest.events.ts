declare module '../platform/outbox/events.js' {
  interface Events {
    /** Messages were kept and wait to be understood. */
    'messages.received': { readonly messageIds: readonly string[] };
  }
}

/** How many messages one event names at most, so that no job holds its locks for long. */
export const messagesPerEvent = 250;
