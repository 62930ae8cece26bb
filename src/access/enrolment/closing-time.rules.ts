/** Why a closing time cannot be kept: the day of a store ends at midnight, and with it every visit. Undefined when it can. */
export function whyNotClosing(closesAt: string): string | undefined {
  if (closesAt >= '05:00') return undefined;
  return `A store's day ends at midnight: for one that closes at ${closesAt} give 23:59.`;
}
