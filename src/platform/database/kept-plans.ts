import type { Tx } from './transactions.js';

const keeping = new WeakSet<Tx>();

const settings = (plans: string, scans: string): string =>
  `SELECT set_config('plan_cache_mode', '${plans}', true), set_config('enable_seqscan', '${scans}', true),
     set_config('enable_hashjoin', '${scans}', true), set_config('enable_mergejoin', '${scans}', true)`;

/**
 * Has the prepared statements of this work planned once a connection, by index only, instead of at every run: planning a statement
 * of many joins costs more than running it for one record, and what was planned for a small table must hold when it is large.
 */
export async function keepPlans<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  if (keeping.has(tx)) return work();
  keeping.add(tx);
  tx.send('keep-plans', settings('force_generic_plan', 'off'));
  const result = await work();
  tx.send('choose-plans', settings('auto', 'on'));
  keeping.delete(tx);
  return result;
}
