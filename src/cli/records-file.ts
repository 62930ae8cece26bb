import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { SaidRecord } from '../identity/evaluate/said-record.rules.js';

/** Reads the records of a folder; an error names the line. */
export async function readRecords(file: string): Promise<SaidRecord[]> {
  if (!existsSync(file)) throw new Error(`There is no ${file}: name a folder that holds records.jsonl.`);
  const { readSaidRecord } = await import('../identity/evaluate/said-record.rules.js');
  const records: SaidRecord[] = [];
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })) {
    number += 1;
    if (line.trim() !== '') records.push(readSaidRecord(number === 1 ? line.replace(/^\uFEFF/, '') : line, number));
  }
  return records;
}
