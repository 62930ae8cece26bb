import { canonicalName } from '../ingest/kinds.js';
import type { Keeper } from '../ingest/source-kind.js';
import { sourceKind } from '../ingest/source-kinds.js';

/** Whose system tells of something. */
export interface Teller {
  readonly kind: string;
  /** As the retailer calls the department. */
  readonly department: string;
}

/** What departments that keep their content are called, in words of canonical form; the stricter one first. */
const words: Readonly<Record<Keeper, RegExp>> = {
  finance:
    /financ|finanz|accounting|^accounts|receivable|billing|invoic|dunning|debt|credit|kredit|inkasso|buchhalt|rechnung|mahn|debitor/,
  service: /service|support|aftersales|workshop|repair|warranty|complaint|werkstatt|kundendienst|reparatur|reklamation/,
};

/**
 * The department whose content something is. What is kept bears its keeper's name: by the kind of the source, or because
 * the retailer or the event names such a department, in whatever words; of several the stricter. A stated department may
 * so keep more to itself, never less. Where nothing is kept, it is the one that is stated, else the source's.
 */
export function ownerOf({ kind, department }: Teller, ...stated: readonly (string | null | undefined)[]): string {
  const said = stated.filter((one) => typeof one === 'string');
  const keepers = [department, ...said].map(keeperCalled);
  keepers.push(sourceKind(kind).keptBy);
  for (const keeper of strictest) if (keepers.includes(keeper)) return keeper;
  return said[0]?.toLowerCase() ?? department;
}

const strictest = Object.keys(words) as Keeper[];

function keeperCalled(department: string): Keeper | undefined {
  const name = canonicalName(department);
  return strictest.find((keeper) => words[keeper].test(name));
}
