import type { ChildProcess } from 'node:child_process';

/** The address in the log of a program that has said that it is ready. */
function addressIn(log: string): string | false {
  // The last line may be half of one.
  const line = log
    .split('\n')
    .slice(0, -1)
    .find((text) => text.includes('Foyer is ready.'));
  return line !== undefined && (JSON.parse(line) as { url: string }).url;
}

/**
 * The address of a program that was just started, once it is ready; its log says so at level `info`.
 * @throws with all it said, when it ends instead or has not come so far within a minute.
 */
export function whenReady(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const fail = (why: string): void => {
      clearTimeout(timer);
      reject(new Error(`${why} before it was ready. It said: ${said}`));
    };
    const timer = setTimeout(() => fail('A minute went by'), 60_000);
    child.once('exit', (code) => fail(`It ended (${code})`));
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        const address = addressIn(said);
        if (address === false) return;
        clearTimeout(timer);
        resolve(address);
      });
  });
}
