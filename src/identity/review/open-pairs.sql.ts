import { model } from '../evidence/model.js';

/** An edge `of` whose pair is in doubt: likely, not certain, and of records the machine may join. */
export const isDoubtful = (of: string): string =>
  `${of}.effective AND ${of}.weight >= ${model.possible} AND ${of}.weight < ${model.automatic}`;

/** An edge `of` whose pair is certain enough, but that a guard holds apart. */
export const isRefused = (of: string): string => `${of}.refused IS NOT NULL`;

/** An edge `of` about which only people can decide. */
export const isQuestion = (of: string): string => `(${isDoubtful(of)} OR ${isRefused(of)})`;

/** The place of an edge in the order in which people are asked, the likeliest first; that of `edge_doubtful` and `edge_refused`. */
export const placeOf = (of: string): string => `(- ${of}.weight), ${of}.lo, ${of}.hi`;

/** Somebody has judged on records of the customers `a` and `b`. */
const isJudged = (a: string, b: string): string => `EXISTS (
  SELECT FROM membership ma
  CROSS JOIN LATERAL (
    SELECT j.hi AS other FROM judgement j WHERE j.lo = ma.record_id AND j.revoked_at IS NULL
    UNION ALL
    SELECT j.lo FROM judgement j WHERE j.hi = ma.record_id AND j.revoked_at IS NULL
  ) said
  JOIN membership mb ON mb.record_id = said.other
  WHERE ma.customer_id = ${a} AND mb.customer_id = ${b})`;

/** The edge `e` is the likeliest of the questions between the customers `a` and `b`, and so stands for all of them. */
const isForemost = (a: string, b: string): string => `NOT EXISTS (
  SELECT FROM membership ma
  CROSS JOIN LATERAL (
    SELECT f.weight, f.lo, f.hi, f.hi AS other FROM edge f WHERE f.lo = ma.record_id AND ${isQuestion('f')}
    UNION ALL
    SELECT f.weight, f.lo, f.hi, f.lo FROM edge f WHERE f.hi = ma.record_id AND ${isQuestion('f')}
  ) f
  JOIN membership mb ON mb.record_id = f.other
  WHERE ma.customer_id = ${a} AND mb.customer_id = ${b} AND (${placeOf('f')}) < (${placeOf('e')}))`;

/** The question `e` waits for a human judgement: of two customers `a` and `b` about whom nobody has judged. */
export const isOpen = `a.customer_id <> b.customer_id
  AND NOT ${isJudged('a.customer_id', 'b.customer_id')} AND ${isForemost('a.customer_id', 'b.customer_id')}`;

/** Whose the ends of an edge `e` are. */
export const ends = `JOIN membership a ON a.record_id = e.lo JOIN membership b ON b.record_id = e.hi`;
