let offset = 0;

/** Milliseconds since 1970 by the server's clock, as far as this device has heard of it. */
export function now(): number {
  return Date.now() + offset;
}

/** How far this device's clock is from the server's, in milliseconds; positive when it is behind. */
export function clockError(): number {
  return offset;
}

/** Learns the server's time from the Date header of an answer; small differences are the network's. */
export function learnTime(header: string | null): void {
  const told = header ? Date.parse(header) : Number.NaN;
  if (Number.isNaN(told)) return;
  const difference = told + 500 - Date.now();
  offset = Math.abs(difference) > 3_000 ? difference : 0;
}
