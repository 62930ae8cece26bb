type Query = (sql: string) => Promise<object[]>;

interface Column {
  table: string;
  kind: string;
  partition: string | null;
  column: string;
  type: string;
  required: boolean;
  fallback: string | null;
}
interface Named {
  table: string;
  definition: string;
}

const columns = `
  SELECT c.relname AS "table", c.relkind AS "kind", pg_get_partkeydef(c.oid) AS "partition",
         a.attname AS "column", format_type(a.atttypid, a.atttypmod) AS "type", a.attnotnull AS "required",
         pg_get_expr(d.adbin, d.adrelid) AS "fallback"
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
  WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition
  ORDER BY c.relname, a.attnum`;

const constraints = `
  SELECT c.relname AS "table", pg_get_constraintdef(o.oid) AS "definition"
  FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = 'public' AND NOT c.relispartition AND o.contype <> 'n'
  ORDER BY c.relname, pg_get_constraintdef(o.oid)`;

const indexes = `
  SELECT c.relname AS "table", pg_get_indexdef(i.indexrelid) AS "definition"
  FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = 'public' AND NOT c.relispartition
    AND NOT EXISTS (SELECT 1 FROM pg_constraint o WHERE o.conindid = i.indexrelid AND o.conrelid = c.oid)
  ORDER BY c.relname, pg_get_indexdef(i.indexrelid)`;

const partitions = `
  SELECT p.relname AS "table", c.relname || ' ' || pg_get_expr(c.relpartbound, c.oid) AS "definition"
  FROM pg_inherits h JOIN pg_class c ON c.oid = h.inhrelid JOIN pg_class p ON p.oid = h.inhparent
  JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p')
  ORDER BY p.relname, c.relname`;

function linesOf(rows: readonly Named[], table: string, prefix: string): string[] {
  return rows.filter((row) => row.table === table).map((row) => `  ${prefix}${row.definition}`);
}

/**
 * The net result of all migrations, printed from the catalogue of PostgreSQL, so that a review sees what one does.
 * Queue tables (schema `bullmq`) and the ledger of migrations belong to their libraries and are left out.
 */
export async function describeSchema(query: Query): Promise<string> {
  const [all, keys, extra, parts] = (await Promise.all([
    query(columns),
    query(constraints),
    query(indexes),
    query(partitions),
  ])) as [Column[], Named[], Named[], Named[]];
  const text = ['-- The tables as all migrations leave them; written by `npm run schema`, checked by a test.'];
  for (const table of new Set(all.map((column) => column.table))) {
    if (table === 'schema_migration') continue;
    const own = all.filter((column) => column.table === table);
    text.push('', `TABLE ${table}${own[0]?.partition ? ` PARTITION BY ${own[0].partition}` : ''}`);
    for (const { column, type, required, fallback } of own) {
      text.push(`  ${column} ${type}${required ? ' NOT NULL' : ''}${fallback === null ? '' : ` DEFAULT ${fallback}`}`);
    }
    text.push(...linesOf(keys, table, ''), ...linesOf(extra, table, ''), ...linesOf(parts, table, 'PARTITION '));
  }
  return `${text.join('\n')}\n`;
}
