import { addSource } from '../../access/enrolment/sources.js';
import type { Transactions, Tx } from '../../platform/database/transactions.js';
import type { IdentityService } from '../identity.service.js';
import { listOvergrown, type Overgrown } from '../overgrown/overgrown.store.js';
import { ends, isOpen, isQuestion } from '../review/open-pairs.sql.js';
import { observationOf, type SaidRecord } from './said-record.rules.js';

/** What the records are loaded with. */
export interface Loading {
  readonly identity: IdentityService;
  readonly transactions: Transactions;
  readonly now: Date;
  /** Of rows that name none; ISO 3166 alpha-2. */
  readonly country: string;
  /** Records in one transaction. */
  readonly batch: number;
  /** Milliseconds that only ever grow. */
  readonly elapsed: () => number;
}

/** What became of the records. */
export interface Loaded {
  /** The customer of each record, by its source id, in the order of loading. */
  readonly customerOf: Map<string, string>;
  /** Pairs that wait for a human judgement. */
  readonly reviews: number;
  /** Milliseconds of each transaction, sorted. */
  readonly times: number[];
  readonly seconds: number;
}

/** Loads records the way every source's are, and tells whose they have become. */
export async function load(records: readonly SaidRecord[], loading: Loading): Promise<Loaded> {
  const { identity, transactions, now, elapsed, batch } = loading;
  const sources = await transactions.run((tx) => enrol(tx, records, loading));
  const [deviceScope = ''] = sources.values();
  const times: number[] = [];
  const recordIds = new Map<string, string>();
  const begun = elapsed();
  for (let from = 0; from < records.length; from += batch) {
    const part = records.slice(from, from + batch);
    const observations = part.map((record) => {
      const country = record['country'] ?? loading.country;
      return observationOf(record, { sourceId: sources.get(record.source) as string, deviceScope, country, now });
    });
    const start = elapsed();
    const observed = await transactions.run((tx) => identity.observe(tx, observations));
    times.push(elapsed() - start);
    for (const [index, record] of part.entries())
      recordIds.set(record.source_id, (observed[index] as { recordId: string }).recordId);
  }
  await settleAll(loading);
  const seconds = (elapsed() - begun) / 1000;
  const { customers, reviews } = await transactions.run(read);
  const customerOf = new Map([...recordIds].map(([id, recordId]) => [id, customers.get(recordId) as string]));
  return { customerOf, reviews, times: times.sort((a, b) => a - b), seconds };
}

/** Decides what is too large for one transaction of many, as the worker would, until nothing changes: bulk and record by record come to the same. */
async function settleAll({ transactions, identity }: Loading): Promise<void> {
  const listed = (): Promise<Overgrown[]> => transactions.run((tx) => listOvergrown(tx));
  let open = await listed();
  for (let before = ''; before !== told(open);) {
    before = told(open);
    const settled = new Set<string>();
    for (const { recordId } of open) {
      if (settled.has(recordId)) continue;
      const { recordIds } = await transactions.run((tx) => identity.settleOvergrown(tx, recordId));
      for (const id of recordIds) settled.add(id);
    }
    open = await listed();
  }
}

function told(open: readonly Overgrown[]): string {
  return open
    .map(({ recordId, records }) => `${recordId} ${records}`)
    .sort()
    .join();
}

async function enrol(tx: Tx, records: readonly SaidRecord[], { now, country }: Loading): Promise<Map<string, string>> {
  const sources = new Map<string, string>();
  for (const [index, name] of [...new Set(records.map((record) => record.source))].entries()) {
    const code = `source-${index + 1}`;
    const source = { code, name, kind: 'other', department: 'other', country, trusted: true };
    sources.set(name, (await addSource(tx, source, now)).id);
  }
  return sources;
}

async function read(tx: Tx): Promise<{ customers: Map<string, string>; reviews: number }> {
  const rows = await tx.query<{ record_id: string; customer_id: string }>(
    'SELECT record_id, customer_id FROM membership',
  );
  const [open] = await tx.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM edge e ${ends} WHERE ${isQuestion('e')} AND ${isOpen}`,
  );
  return { customers: new Map(rows.map((row) => [row.record_id, row.customer_id])), reviews: open?.count ?? 0 };
}
