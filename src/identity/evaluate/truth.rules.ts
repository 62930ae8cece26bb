/** Who a record is in truth. */
export interface Truth {
  readonly person: string;
  /** Records of one person that something connects: only their pairs can be expected to be found. */
  readonly reachable: string;
  /** Whether the record counts; the others are loaded all the same. */
  readonly scored: boolean;
}

/** Reads `truth.csv` by its head: source_id, person_id, and where given reachable_id and scored. */
export function readTruth(text: string): Map<string, Truth> {
  const [head = '', ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const columns = cells(head);
  const at = (name: string): number => columns.indexOf(name);
  if (at('source_id') < 0 || at('person_id') < 0) {
    throw new Error('truth.csv needs the columns source_id and person_id in its first line.');
  }
  const truth = new Map<string, Truth>();
  for (const line of lines) {
    if (line.trim() === '') continue;
    const row = cells(line);
    const person = row[at('person_id')] ?? '';
    const reachable = row[at('reachable_id')] ?? '';
    truth.set(row[at('source_id')] ?? '', {
      person,
      reachable: reachable === '' ? person : reachable,
      scored: row[at('scored')] !== '0',
    });
  }
  return truth;
}

function cells(line: string): string[] {
  return line.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
}
