import type { AnalyticsBrowser } from '@segment/analytics-next';
import { trackWith, type Foyer } from './foyer.js';

const KEPT = 'halden.key';

let connected: Promise<{ foyer: Foyer; analytics: AnalyticsBrowser } | null> | undefined;

/** The shop's connection to Foyer; null while nobody has given the shop its browser key. */
export function connect(): Promise<{ foyer: Foyer; analytics: AnalyticsBrowser } | null> {
  connected ??= keyOf().then((key) => {
    if (!key) return null;
    const foyer = { origin: location.origin, key };
    const analytics = trackWith(foyer);
    void analytics.page('Shop');
    return { foyer, analytics };
  });
  return connected;
}

/** From the address (`#key=…`), from this device, or from the demo that runs this server. */
async function keyOf(): Promise<string | null> {
  const given = new URLSearchParams(location.hash.slice(1)).get('key');
  if (given) {
    sessionStorage.setItem(KEPT, given);
    history.replaceState(null, '', location.pathname);
  }
  const kept = sessionStorage.getItem(KEPT);
  if (kept) return kept;
  const demo = await fetch('/demo.json').catch(() => null);
  if (!demo?.ok) return null;
  const { shopKey } = (await demo.json()) as { shopKey?: string };
  return shopKey ?? null;
}
