declare module '../platform/outbox/events.js' {
  interface Events {
    /** Something about this customer is new: a record, an event of hers, or which records are hers. */
    'customer.changed': { readonly customerId: string };
    /** The same of many customers at once, where nobody waits for one of them. */
    'customers.changed': { readonly customerIds: readonly string[] };
    /** A component of records is too large to be decided at once, or may not be any more. */
    'component.overgrown': { readonly recordId?: string };
  }
}

export {};
