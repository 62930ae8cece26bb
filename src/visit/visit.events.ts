declare module '../platform/outbox/events.js' {
  interface Events {
    /** Somebody arrived; her facts come first. `customerId`: as recognised then. */
    'visit.started': { readonly visitId: string; readonly storeId: string; readonly customerId?: string };
    /** Who she is was found, confirmed or disputed. */
    'visit.recognised': { readonly visitId: string; readonly storeId: string; readonly customerId?: string };
    /** The visit is over. */
    'visit.ended': { readonly visitId: string; readonly storeId: string; readonly customerId?: string };
  }
}

export {};
