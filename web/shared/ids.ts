/** A fresh idempotency key; sent again unchanged until an answer has arrived. */
export function freshKey(): string {
  return crypto.randomUUID();
}
