import { ends, isOpen, isQuestion, placeOf } from './open-pairs.sql.js';

/**
 * Pairs that wait for a judgement between any of these records (an SQL array) and another customer's, the likeliest first.
 * Her own pairs are read first (OFFSET 0): the indexes of the open ones hold everybody's.
 */
export const possiblePairs = (records: string, most: number): string => `(
  SELECT e.lo, e.hi, e.weight, e.evidence, e.refused, CASE WHEN e.lo = ANY(${records}) THEN e.hi ELSE e.lo END AS other
  FROM (
    SELECT f.* FROM (SELECT * FROM edge WHERE lo = ANY(${records}) OFFSET 0) f WHERE ${isQuestion('f')}
    UNION ALL
    SELECT f.* FROM (SELECT * FROM edge WHERE hi = ANY(${records}) OFFSET 0) f WHERE ${isQuestion('f')}
  ) e
  ${ends}
  WHERE ${isOpen}
  ORDER BY ${placeOf('e')} LIMIT ${most}
)`;
