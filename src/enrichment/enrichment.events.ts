declare module '../platform/outbox/events.js' {
  interface Events {
    /** Facts could not be computed together with others; this customer, or this visit's, is tried alone. */
    'facts.faltered': { readonly customerId?: string; readonly visitId?: string };
  }
}

export {};
