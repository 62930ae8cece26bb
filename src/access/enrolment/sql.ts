/** Whatever runs SQL: the pool, an open transaction, or the command line's connection. */
export interface Sql {
  query<Row extends object>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
}
