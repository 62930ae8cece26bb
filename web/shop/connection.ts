import type { AnalyticsBrowser } from '@segment/analytics-next';
import { askDemo } from '../shared/demo.js';
import { inTab } from '../shared/kept.js';
import { trackWith, type Foyer } from './foyer.js';

const KEPT = 'halden.key';

interface Connection {
  readonly foyer: Foyer;
  readonly analytics: AnalyticsBrowser;
}
let given: string | null = null;
let connected: Promise<Connection | null> | undefined;

/**
 * The shop's connection to Foyer; null while nobody has given the shop its browser key. What came to nothing is tried
 * again the next time. @throws Unreachable when the server is away.
 */
export function connect(): Promise<Connection | null> {
  connected ??= open();
  connected.then((shop) => shop ?? forget(), forget);
  return connected;
}

/** Tells Foyer what she does; nobody hears it while there is no connection. */
export function tell(event: string, properties: object): void {
  connect().then(
    (shop) => shop?.analytics.track(event, properties),
    () => undefined,
  );
}

function forget(): void {
  connected = undefined;
}

async function open(): Promise<Connection | null> {
  const key = await keyOf();
  if (!key) return null;
  const foyer = { origin: location.origin, key };
  const analytics = trackWith(foyer);
  // An SDK that could not load its settings says nothing any more.
  analytics.catch(forget);
  void analytics.page('Shop');
  return { foyer, analytics };
}

/** From the address (`#key=…`), from this tab, or from the demo that runs this server. */
async function keyOf(): Promise<string | null> {
  const said = new URLSearchParams(location.hash.slice(1)).get('key');
  if (said) {
    given = said;
    inTab.set(KEPT, said);
    history.replaceState(null, '', location.pathname);
  }
  return given ?? inTab.get(KEPT) ?? (await askDemo())?.shopKey ?? null;
}
