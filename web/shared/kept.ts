/** What this browser keeps under a name. One that blocks storage keeps nothing, and the page goes on without. */
export interface Keeper {
  get(name: string): string | null;
  /** False when nothing is kept. */
  set(name: string, value: string): boolean;
  remove(name: string): void;
}

/** Kept on this device. */
export const onDevice = keeper(() => localStorage);
/** Kept until this tab is closed. */
export const inTab = keeper(() => sessionStorage);

/** Where storage is blocked, even to name it throws. */
function keeper(storage: () => Storage): Keeper {
  const tried = <Result>(use: (kept: Storage) => Result, otherwise: Result): Result => {
    try {
      return use(storage());
    } catch {
      return otherwise;
    }
  };
  return {
    get: (name) => tried((kept) => kept.getItem(name), null),
    set: (name, value) => tried((kept) => (kept.setItem(name, value), true), false),
    remove: (name) => tried((kept) => kept.removeItem(name), undefined),
  };
}
