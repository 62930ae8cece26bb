import { agreeing, contradicting, fields, levelTable } from './levels.rules.js';
import type { Model } from './model.js';

/**
 * The score of stored evidence under a model, as SQL: a scalar subquery over a jsonb column of evidence, generated from
 * the level table that `weigh` reads too, for what concerns more edges than one wants to carry to Node. Values count in
 * full, as in a weight that is stored. Null where the evidence holds a level that the table does not.
 */
export function weighSql(evidence: string, model: Model): string {
  const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;
  const list = (values: readonly string[]): string =>
    values.length === 0 ? "('')" : `(${values.map(text).join(', ')})`;
  const named = (test: (field: string) => boolean | undefined): string =>
    list(Object.keys(fields).filter((one) => test(one)));
  const rows = levelTable(model).map(
    ({ field, level, under, weight }) => `(${text(field)}, ${text(level)}, ${text(under)}, ${weight}::float8)`,
  );
  const decisive = Object.entries(fields).flatMap(([field, { decisive: levels }]) =>
    (levels ?? []).map((level) => `(${text(field)}, ${text(level)})`),
  );
  return `(
    SELECT CASE
      WHEN count(*) <> count(weight) THEN NULL
      WHEN coalesce(bool_or(is_own AND weight >= ${model.personal} AND NOT is_remark AND NOT (needs_name AND is_open)
          AND (NOT is_contradicted OR is_decisive)), false)
        AND NOT (coalesce(bool_and(is_bare OR weight <= 0), true) AND coalesce(bool_or(is_contradicted OR is_other_family), false))
      THEN ${total(model)} ELSE least(${total(model)}, ${model.unproven}) END
    FROM (
      SELECT w.weight, e.field IN ${named((one) => fields[one]?.group === 'personal')} AS is_own,
        e.field IN ${named((one) => fields[one]?.isRemark)} AS is_remark,
        e.field IN ${named((one) => fields[one]?.needsName)} AS needs_name,
        e.field IN ${named((one) => fields[one]?.isBare)} AS is_bare,
        (e.field, e.level) IN (${decisive.join(', ')}) AS is_decisive,
        e.field = 'family' AND e.level = 'differs' AS is_other_family,
        coalesce(bool_or(e.field = 'given' AND e.level NOT IN ${list(agreeing)}) OVER (), false) AS is_open,
        coalesce(bool_or(e.field = 'given' AND e.level IN ${list(contradicting)}) OVER (), false) AS is_contradicted
      FROM jsonb_to_recordset(${evidence}) AS e (field text, level text, under text)
      LEFT JOIN (VALUES ${rows.join(', ')}) AS w (field, level, under, weight)
        ON w.field = e.field AND w.level = e.level AND w.under = coalesce(e.under, '')
    ) AS compared)`;
}

function total({ householdCap }: Model): string {
  const sum = (which: string): string => `coalesce(sum(weight) FILTER (WHERE ${which}), 0)`;
  return `(${sum('is_own')} + least(${sum('NOT is_own')}, ${householdCap}))`;
}
