import type { PoolClient } from 'pg';

const planningOnce = new WeakSet<PoolClient>();

/**
 * Has a connection plan each named statement once, for whatever values, instead of anew for the values of each of the first five runs:
 * the plan of a read of many joins takes longer than the read. Sent ahead of the next statement, and only where it is not so already.
 */
export function planOnce(client: PoolClient): void {
  if (planningOnce.has(client)) return;
  planningOnce.add(client);
  tell(client, 'SET plan_cache_mode = force_generic_plan');
}

/** Has a connection plan by the values again, as PostgreSQL does by itself. */
export function planByValues(client: PoolClient): void {
  if (planningOnce.delete(client)) tell(client, 'RESET plan_cache_mode');
}

/** What fails here is a connection that is gone, which the next statement tells. */
function tell(client: PoolClient, sql: string): void {
  client.query(sql).catch(() => undefined);
}
