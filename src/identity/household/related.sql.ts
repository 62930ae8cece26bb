/** Edges of a household that touch any of these records (an SQL array), each with its other end as `other`. */
export const relatedEdges = (records: string): string => `(
  SELECT r.lo, r.hi, r.weight, r.evidence, r.hi AS other FROM edge r WHERE r.kind = 'related' AND r.lo = ANY(${records})
  UNION ALL
  SELECT r.lo, r.hi, r.weight, r.evidence, r.lo FROM edge r WHERE r.kind = 'related' AND r.hi = ANY(${records})
)`;
