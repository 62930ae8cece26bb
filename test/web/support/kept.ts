/** Scripts that run in the tablet's page and look at what it keeps; they open its database as the page itself does. */

const opened = `new Promise((resolve) => {
  const request = indexedDB.open('foyer-tablet');
  request.onsuccess = () => resolve(request.result);
})`;

const asked = `(request) => new Promise((resolve) => { request.onsuccess = () => resolve(request.result); })`;

/** How many values each store holds. */
export const keptCounts = `(async () => {
  const database = await ${opened};
  const asked = ${asked};
  return Promise.all([...database.objectStoreNames].map((store) =>
    asked(database.transaction(store).objectStore(store).count())));
})()`;

/** Every sealed byte, as text. */
export const keptBytes = `(async () => {
  const database = await ${opened};
  const asked = ${asked};
  const values = await asked(database.transaction('sealed').objectStore('sealed').getAll());
  return values.map(({ data }) => new TextDecoder('latin1').decode(data)).join('');
})()`;

/** The days whose seals can still be opened. */
export const keptDays = `(async () => {
  const database = await ${opened};
  const asked = ${asked};
  const keys = await asked(database.transaction('keys').objectStore('keys').getAllKeys());
  return keys.map(String).filter((name) => name.startsWith('day:'));
})()`;

/** How many deeds wait for the server's word. */
export const keptDeeds = `(async () => {
  const database = await ${opened};
  const asked = ${asked};
  const names = await asked(database.transaction('sealed').objectStore('sealed').getAllKeys());
  return names.map(String).filter((name) => name.startsWith('deed:')).length;
})()`;

/** How many sealed bytes there are of the board of a shift; none before it is kept. */
export const keptBoardBytes = `(async () => {
  const database = await ${opened};
  const asked = ${asked};
  const board = await asked(database.transaction('sealed').objectStore('sealed').get('board'));
  return board ? board.data.byteLength : 0;
})()`;

/** Whether something is sealed under this name. */
export const isKept = (name: string): string => `(async () => {
  const database = await ${opened};
  const asked = ${asked};
  return (await asked(database.transaction('sealed').objectStore('sealed').count('${name}'))) > 0;
})()`;
