import type { Evidence } from '../evidence/evidence.js';
import type { Day } from '../normalise/date.rules.js';
import type { PersonName } from '../normalise/name.rules.js';

/** An identifier as a record holds it. */
export interface HeldIdentifier {
  kind: string;
  key: string;
  /** Said by somebody who may say it; a claim otherwise, which never joins. */
  asserted: boolean;
  /** First and last event that carried it, in milliseconds. */
  from: number;
  to: number;
}

/** What the partition knows of a record that has not been deleted. */
export interface LiveRecord {
  id: string;
  /** Breaks ties: what the record is called at its source, because ids depend on the order of arrival. */
  rank: string;
  name?: PersonName | undefined;
  birth?: Day | undefined;
  identifiers: readonly HeldIdentifier[];
}

/** A scored pair that may count: lo < hi. */
export interface ScoredEdge {
  lo: string;
  hi: string;
  evidence: readonly Evidence[];
}

/** A person's word on two records, not revoked: lo < hi. */
export interface LiveJudgement {
  id: string;
  lo: string;
  hi: string;
  verdict: 'same' | 'different' | 'unsure';
  /** Milliseconds; of two on one pair the later counts. */
  at: number;
}

/** Names a value of a kind in sets and maps. */
export function valueId(kind: string, key: string): string {
  return `${kind} ${key}`;
}
