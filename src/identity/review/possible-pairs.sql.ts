import { ends, isOpen, isQuestion, placeOf } from './open-pairs.sql.js';

/** Pairs that wait for a judgement between any of these records (an SQL array) and another customer's, the likeliest first. */
export const possiblePairs = (records: string, most: number): string => `(
  SELECT e.lo, e.hi, e.weight, e.evidence, e.refused, CASE WHEN e.lo = ANY(${records}) THEN e.hi ELSE e.lo END AS other
  FROM (
    SELECT f.* FROM edge f WHERE f.lo = ANY(${records}) AND ${isQuestion('f')}
    UNION ALL
    SELECT f.* FROM edge f WHERE f.hi = ANY(${records}) AND ${isQuestion('f')}
  ) e
  ${ends}
  WHERE ${isOpen}
  ORDER BY ${placeOf('e')} LIMIT ${most}
)`;
