/** What this tablet keeps while it is offline: in IndexedDB, each value sealed with AES-GCM under a key that cannot be read out. */

const NAME = 'foyer-tablet';
const STORES = ['keys', 'sealed', 'device'] as const;
type Store = (typeof STORES)[number];
/** Milliseconds in which changes of one value are sealed together. */
const SOON = 500;

interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
  keyName: string;
}

/** Nothing is kept any more until the device is enrolled anew. */
let wiped = false;

let opened: Promise<IDBDatabase> | undefined;

function database(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => STORES.forEach((store) => request.result.createObjectStore(store));
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB cannot be opened.'));
  });
  return opened;
}

async function run<T>(
  store: Store,
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const db = await database();
  return new Promise((resolve, reject) => {
    const transaction = db.transaction(store, mode);
    const request = act(transaction.objectStore(store));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = transaction.onerror = () => reject(transaction.error ?? new Error('IndexedDB refused.'));
  });
}

/** A plain value that names no person: the device's own key and id. */
export const device = {
  read: <T>(name: string) =>
    run<T | undefined>('device', 'readonly', (store) => store.get(name) as IDBRequest<T | undefined>),
  write: (name: string, value: unknown) => run('device', 'readwrite', (store) => store.put(value, name)),
};

async function keyNamed(name: string): Promise<CryptoKey> {
  const known = await run('keys', 'readonly', (store) => store.get(name) as IDBRequest<CryptoKey | undefined>);
  if (known) return known;
  const fresh = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  await run('keys', 'readwrite', (store) => store.put(fresh, name));
  return fresh;
}

/** Seals a value; whoever forgets the key has forgotten the value. */
export async function seal(name: string, value: unknown, keyName: string): Promise<void> {
  if (wiped) return;
  const key = await keyNamed(keyName);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(value));
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, plain);
  if (wiped) return;
  await run('sealed', 'readwrite', (store) => store.put({ iv, data, keyName } satisfies Sealed, name));
}

const soon = new Map<string, { timer: ReturnType<typeof setTimeout>; seal: () => Promise<void> }>();

/** Seals what `value` is in a moment, if it is anything then, once for all that happens until then: whoever waits for the screen comes first. */
export function sealSoon(name: string, value: () => unknown, keyName: string): void {
  const due = () => {
    const last = soon.get(name);
    soon.delete(name);
    void last?.seal().catch(() => undefined);
  };
  const timer = soon.get(name)?.timer ?? setTimeout(due, SOON);
  const sealNow = async () => {
    const last = value();
    if (last !== undefined) await seal(name, last, keyName);
  };
  soon.set(name, { timer, seal: sealNow });
}

/** Opens a sealed value; undefined when it is gone, or its key is. */
export async function open<T>(name: string): Promise<T | undefined> {
  const sealed = await run('sealed', 'readonly', (store) => store.get(name) as IDBRequest<Sealed | undefined>);
  if (!sealed) return undefined;
  const key = await run('keys', 'readonly', (store) => store.get(sealed.keyName) as IDBRequest<CryptoKey | undefined>);
  if (!key) return undefined;
  const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.iv }, key, sealed.data);
  return JSON.parse(new TextDecoder().decode(plain)) as T;
}

/** Names of the sealed values that begin with `prefix`, in order. */
export async function names(prefix: string): Promise<string[]> {
  const keys = await run('sealed', 'readonly', (store) => store.getAllKeys());
  return keys.map(String).filter((name) => name.startsWith(prefix));
}

/** Forgets one value. */
export async function forget(name: string): Promise<void> {
  await run('sealed', 'readwrite', (store) => store.delete(name));
}

/** Forgets the keys of all days but this one, and with them everything those days had sealed. */
export async function forgetOtherDays(today: string): Promise<void> {
  const keys = await run('keys', 'readonly', (store) => store.getAllKeys());
  for (const name of keys.map(String))
    if (name.startsWith('day:') && name !== `day:${today}`)
      await run('keys', 'readwrite', (store) => store.delete(name));
}

/** Forgets everything, what is being sealed included: this tablet was revoked or lost. */
export async function wipe(): Promise<void> {
  wiped = true;
  soon.forEach(({ timer }) => clearTimeout(timer));
  soon.clear();
  for (const store of STORES) await run(store, 'readwrite', (each) => each.clear());
}

/** Keeps values again, for whoever enrols this device anew. */
export function keepAgain(): void {
  wiped = false;
}
