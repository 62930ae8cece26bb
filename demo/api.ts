import { createClient, type Client } from 'graphql-ws';
import WebSocket from 'ws';

/** An answer that holds errors is a step that failed. */
export class StepFailed extends Error {}

/** Asks the GraphQL API as anybody would: over HTTP, with a token. */
export async function ask<Data>(url: string, token: string, query: string, variables: object = {}): Promise<Data> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
  });
  const body = (await response.json()) as { data?: Data; errors?: { message: string }[] };
  if (body.errors || !body.data)
    throw new StepFailed(body.errors?.map((error) => error.message).join('; ') ?? `HTTP ${response.status}`);
  return body.data;
}

/** A tablet that listens over a WebSocket. */
export function openTablet(url: string, token: string): Client {
  return createClient({
    url: `${url.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${token}` },
    lazy: false,
  });
}

/** Sends events through the SDK a web shop's server already has. */
export async function withAnalytics(
  url: string,
  writeKey: string,
  send: (analytics: import('@segment/analytics-node').Analytics) => void,
): Promise<void> {
  const { Analytics } = await import('@segment/analytics-node');
  const analytics = new Analytics({ writeKey, host: url, flushAt: 50, flushInterval: 50, maxRetries: 1 });
  let fault: string | undefined;
  analytics.on('error', (error) => (fault = error.code));
  send(analytics);
  await analytics.closeAndFlush({ timeout: 5000 });
  if (fault) throw new StepFailed(`The SDK reports: ${fault}`);
}
