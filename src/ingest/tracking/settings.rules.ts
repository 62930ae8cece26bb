import type { SourceView } from '../../access/actor.js';

/** What `@segment/analytics-next` asks for before it sends; it wants one integration, its own. */
export function segmentSettings(writeKey: string, origin: string): object {
  const { protocol, host } = new URL(origin);
  return {
    integrations: {
      'Segment.io': { apiKey: writeKey, apiHost: `${host}/v1`, protocol: protocol.slice(0, -1) },
    },
  };
}

/** What `@rudderstack/analytics-js` asks for before it sends. */
export function rudderSettings(writeKey: string, source: SourceView): object {
  const off = { enabled: false };
  return {
    source: {
      id: source.id,
      name: source.name,
      writeKey,
      enabled: true,
      workspaceId: 'foyer',
      destinations: [],
      config: { statsCollection: { errors: off, metrics: off } },
    },
    updatedAt: '2026-01-01T00:00:00.000Z',
  };
}
