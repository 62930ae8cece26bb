/** A fresh idempotency key; sent again unchanged until an answer has arrived. Made without `randomUUID`, which plain http has not. */
export function freshKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (octet) => octet.toString(16).padStart(2, '0')).join(
    '',
  );
}

/**
 * Gives what is sent its key: the same as before to the same input, so that a retry is one, and a fresh one to a correction.
 * A key is kept by the server, so it says nothing of the input; whoever says the same on another page gets another.
 */
export function keyByInput(): (input: object) => string {
  const keys = new Map<string, string>();
  return (input) => {
    const said = JSON.stringify(input);
    const key = keys.get(said) ?? freshKey();
    keys.set(said, key);
    return key;
  };
}
