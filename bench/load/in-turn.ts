const reached = new Map<string, number>();

/** Gives the requests of one server in turn, from round to round: all are asked before the first is asked again. */
export function inTurn<Request>(url: string, requests: readonly Request[]): () => Request | undefined {
  return () => {
    const number = reached.get(url) ?? 0;
    reached.set(url, number + 1);
    return requests[number % requests.length];
  };
}
