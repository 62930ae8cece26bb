import { inTab } from '../shared/kept.js';
import { now } from '../shared/time.js';

const RENEWED = 'foyer.renewed';
/** A server that knows no version of this app must not make the tablet load it over and over. */
const PAUSE = 5 * 60_000;

/** Loads the app of the server's present version; what waits to be sent is kept and sent by that one. */
export async function renewApp(): Promise<void> {
  const last = Number(inTab.get(RENEWED) ?? 0);
  if (now() - last < PAUSE) return;
  if (!inTab.set(RENEWED, String(now()))) return;
  const registration = await navigator.serviceWorker?.getRegistration('/tablet');
  await registration?.update().catch(() => undefined);
  const next = registration?.installing ?? registration?.waiting;
  if (next)
    await new Promise<void>((resolve) => {
      const settled = () => ['activated', 'redundant'].includes(next.state) && resolve();
      next.addEventListener('statechange', settled);
      settled();
    });
  location.reload();
}
