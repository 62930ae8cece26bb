/**
 * Whether a web page of this origin may use a browser key.
 *
 * The key's list holds origins (`https://shop.example`), or `https://*.shop.example` for every host below.
 * Browsers name the page on every POST, beacon and socket, so a call without an origin comes from no page. A page of our own
 * public address is ours and may; `null` (a file, a sandboxed frame) never may.
 */
export function mayUseFrom(origin: string | undefined, origins: readonly string[], own?: string): boolean {
  const page = parse(origin ?? '');
  if (page === undefined) return false;
  return page.origin === own || origins.some((listed) => covers(listed, page));
}

/** The canonical form of an origin for a key's list; undefined if it is none. */
export function canonicalOrigin(text: string): string | undefined {
  const wildcard = /^(https?:\/\/)\*\.(.+)$/i.exec(text);
  const page = parse(wildcard ? `${wildcard[1]}${wildcard[2]}` : text);
  if (page === undefined) return undefined;
  return wildcard ? page.origin.replace('://', '://*.') : page.origin;
}

function covers(listed: string, page: URL): boolean {
  if (!listed.includes('://*.')) return listed === page.origin;
  const parent = parse(listed.replace('://*.', '://'));
  return parent !== undefined && parent.protocol === page.protocol && page.host.endsWith(`.${parent.host}`);
}

function parse(text: string): URL | undefined {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  return !url.host.includes('*') && url.pathname === '/' && url.search === '' && url.hash === '' && url.username === ''
    ? url
    : undefined;
}
