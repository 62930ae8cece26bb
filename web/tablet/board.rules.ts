import type { VisitPurpose, VisitSeenFragment } from './graphql/graphql.js';

/** A visit as this tablet sees it. */
export type Visit = VisitSeenFragment;
export type Urgency = 'good' | 'soon' | 'late';

/** What somebody may have come for, the gentle ones first. */
export const PURPOSES: readonly VisitPurpose[] = ['BROWSE', 'BUY', 'TEST_DRIVE', 'COLLECT', 'SERVICE', 'COMPLAINT'];

const PROMISE_MINUTES = 5;
/** From this share of the promised time on, a wait is shown in amber. */
const AMBER = 0.6;

/**
 * Keeps what is newer of each visit: a context never goes back to a lower version, an absent one removes what was shown, and what was
 * removed does not come back with an answer that was under way, nor does a visit that is over.
 */
export class Newest {
  /** Of visits whose context was taken away, the version that was. */
  private readonly gone = new Map<string, number>();
  private readonly over = new Set<string>();

  /** What to show of a visit of which this is known and that has arrived; undefined when that is older than its end. */
  of(known: Visit | undefined, arrived: Visit): Visit | undefined {
    if (this.over.has(arrived.id)) return undefined;
    if (isOver(arrived)) this.over.add(arrived.id);
    const shown = known?.context ?? null;
    if (!arrived.context) {
      if (shown) this.gone.set(arrived.id, shown.version);
      return arrived;
    }
    const least = Math.max(shown?.version ?? 0, (this.gone.get(arrived.id) ?? -1) + 1);
    return arrived.context.version >= least ? arrived : { ...arrived, context: shown };
  }
}

/** A visit without its person, as the server shows it to a tablet on which nobody has a shift. */
export function nameless(visit: Visit): Visit {
  return {
    ...visit,
    calledName: null,
    context: null,
    recognition: { ...visit.recognition, matchedBy: [], candidates: [] },
  };
}

/** A visit of which it was said that this is not she: nothing of the person stays. */
export function disputed(visit: Visit): Visit {
  return {
    ...visit,
    context: null,
    recognition: { status: 'DISPUTED', strength: visit.recognition.strength, matchedBy: [], candidates: [] },
  };
}

/** Those who wait, longest first. */
export function waiting(visits: Iterable<Visit>): Visit[] {
  return [...visits].filter((visit) => visit.state === 'WAITING').sort(byTime((visit) => visit.arrivedAt));
}

/** Those with an associate, or out for a moment. */
export function served(visits: Iterable<Visit>): Visit[] {
  const states = new Set(['SERVING', 'AWAY']);
  return [...visits]
    .filter((visit) => states.has(visit.state))
    .sort(byTime((visit) => visit.takenAt ?? visit.arrivedAt));
}

/** Those who have an appointment and are not here yet. */
export function expected(visits: Iterable<Visit>): Visit[] {
  return [...visits].filter((visit) => visit.state === 'EXPECTED').sort(byTime((visit) => visit.expectedAt));
}

/** Whether she usually sees this associate. */
export function isOwnOf(associate: { id: string } | null, visit: Visit): boolean {
  return !!associate && visit.context?.customer?.ownAssociate?.id === associate.id;
}

/** Nothing more can be done with this visit. */
export function isOver(visit: Pick<Visit, 'state'>): boolean {
  return ['COMPLETED', 'NO_SHOW', 'CANCELLED'].includes(visit.state);
}

/** Whole minutes of waiting, never negative. */
export function minutesWaiting(visit: Pick<Visit, 'arrivedAt' | 'takenAt'>, now: number): number {
  if (!visit.arrivedAt) return 0;
  const until = visit.takenAt ? Date.parse(visit.takenAt) : now;
  return Math.max(0, Math.floor((until - Date.parse(visit.arrivedAt)) / 60_000));
}

/** Share of the promised minutes that have passed; above 1 the promise is broken. */
export function promiseUsed(visit: Visit, now: number): number {
  if (!visit.arrivedAt) return 0;
  const promised = (visit.store.promiseMinutes ?? PROMISE_MINUTES) * 60_000;
  return Math.max(0, (now - Date.parse(visit.arrivedAt)) / promised);
}

/** Green, amber or red against the store's promise. */
export function urgency(used: number): Urgency {
  if (used >= 1) return 'late';
  return used >= AMBER ? 'soon' : 'good';
}

/** "Ada Lovelace" becomes "Ada L.", because bystanders look at the board. */
export function shortName(name: string): string {
  const parts = name.trim().split(/\s+/);
  const last = parts.length > 1 ? parts.at(-1) : undefined;
  return last ? `${parts[0]} ${[...last][0]}.` : (parts[0] ?? '');
}

/** The name for the board: a customer's is shortened, one that was given to be called out is not. */
export function boardName(visit: Visit): string | null {
  const known = knownName(visit);
  return known ? shortName(known) : visit.calledName || null;
}

/** The first of the names, to speak of somebody in a button. */
export function firstName(name: string): string {
  return name.trim().split(/\s+/)[0] ?? name;
}

/** Whoever this is: the customer if known, else the name to call out. */
export function nameOf(visit: Visit): string | null {
  return knownName(visit) ?? (visit.calledName || null);
}

/** The server says a dash of whom it knows by a mail address or the like only. */
function knownName(visit: Visit): string | null {
  const name = visit.context?.customer?.displayName;
  return name && /[\p{L}\p{N}]/u.test(name) ? name : null;
}

function byTime(at: (visit: Visit) => string | null) {
  return (a: Visit, b: Visit) => (at(a) ?? '').localeCompare(at(b) ?? '') || a.id.localeCompare(b.id);
}
