import type { ConsentRow } from './context.row.js';

/** What of a briefing a consent governs. */
export type Use =
  /** Being recognised as this customer in a store at all. */
  | 'recognition'
  /** Conclusions about her: what is worth saying to her, what she may like. */
  | 'personalisation'
  /** What she did on the site and in the app. */
  | 'onlineActivity';

/** Purposes, as sources name them, whose refusal forbids a use. */
const forbiddenBy: Readonly<Record<Use, readonly string[]>> = {
  recognition: ['recognition', 'in-store-recognition', 'in-store'],
  personalisation: ['personalisation', 'personalization', 'profiling'],
  onlineActivity: ['analytics', 'tracking', 'personalisation', 'personalization', 'profiling'],
};

/**
 * The purpose by which each use is forbidden now. The last word counts, whichever source heard it; of two at the same
 * time, the no. Without any word a use is allowed: she came in and showed herself.
 */
export function forbiddenUses(consents: readonly ConsentRow[]): ReadonlyMap<Use, string> {
  if (consents.length === 0) return nothingForbidden;
  const last = new Map<string, ConsentRow>();
  for (const consent of consents) {
    const [name, channel, granted, at] = consent;
    if (channel !== 'any' && channel !== 'store') continue;
    const purpose = name.toLowerCase();
    const known = last.get(purpose);
    if (!known || at > known[3] || (at === known[3] && !granted)) last.set(purpose, consent);
  }
  const forbidden = new Map<Use, string>();
  for (const use of uses) {
    const purpose = forbiddenBy[use].find((name) => last.get(name)?.[2] === false);
    if (purpose !== undefined) forbidden.set(use, purpose);
  }
  return forbidden;
}

const nothingForbidden: ReadonlyMap<Use, string> = new Map();
const uses = Object.keys(forbiddenBy) as Use[];
