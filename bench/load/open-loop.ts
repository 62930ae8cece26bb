import { Agent, request } from 'node:http';

/** Sends at fixed moments, whether or not earlier answers have come; a late answer delays nobody and is measured in full. */
export async function openLoop(
  rate: number,
  count: number,
  send: (number: number, dueAt: number) => Promise<void>,
): Promise<void> {
  const start = performance.now() + 50;
  const sent: Promise<void>[] = [];
  const failures: unknown[] = [];
  for (let number = 0; number < count; number += 1) {
    const dueAt = start + (number * 1000) / rate;
    const wait = dueAt - performance.now();
    if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
    sent.push(send(number, dueAt).catch((error: unknown) => void failures.push(error)));
  }
  await Promise.all(sent);
  if (failures.length > 0) throw new Error(`${failures.length} of ${count} failed.`, { cause: failures[0] });
}

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

const mostTries = 20;

/** One POST over a kept connection; the body of the answer. As every client does, it comes again after a 503, on its own time. */
export async function post(url: string, authorization: string, body: string): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    const { status, text } = await once(url, authorization, body);
    if (status === 200) return text;
    if (status !== 503 || tries === mostTries) throw new Error(`HTTP ${status}: ${text.slice(0, 300)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function once(url: string, authorization: string, body: string): Promise<{ status: number | undefined; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      authorization,
      'content-length': Buffer.byteLength(body),
    };
    const sent = request(url, { method: 'POST', agent, headers }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => {
        resolve({ status: answer.statusCode, text: Buffer.concat(parts).toString() });
      });
    });
    sent.once('error', reject);
    sent.end(body);
  });
}
