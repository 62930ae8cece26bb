import type { Unsaid } from '../../shared/catalogue/sentences.js';
import { days, minutes } from '../../shared/clock.js';
import { lineOf, mostTelling } from '../activity-line.rules.js';
import type { TimelineEntry } from '../step-input.js';
import { defineStep } from '../step.js';

/** One session of hers, in whatever channel. */
export interface ActivityLine {
  readonly id: string;
  readonly kind: string;
  readonly channel: string;
  readonly department: string;
  readonly occurredAt: string;
  readonly say: Unsaid;
}

declare module '../step.js' {
  interface Facts {
    activity: { readonly lines: readonly ActivityLine[] };
  }
}

/** What she did and what passed between her and every department: one line a session, newest first. */
export default defineStep({
  name: 'activity',
  describe: 'One line a session, all channels and departments, newest first.',
  on: ['customer.changed'],
  reads: { timeline: { since: days(2 * 365), limit: 200 } },
  settings: { lines: 20, silenceThatEndsASession: minutes(30) },
  keepFor: days(30),
  compute({ timeline, settings }) {
    const lines: ActivityLine[] = [];
    for (const session of sessions(timeline, settings.silenceThatEndsASession)) {
      const entry = mostTelling(session);
      // A visit is history once it has ended; while she stands there, nobody needs to be told that she came.
      if (!entry || entry.kind === 'visit.started') continue;
      const { id, kind, channel, department } = entry;
      lines.push({ id, kind, channel, department, occurredAt: session[0].at, say: lineOf(entry, session) });
      if (lines.length === settings.lines) break;
    }
    return { lines };
  },
});

/** Kinds that stand for themselves where the source names no session. */
const alone = /^(order|matter|appointment|visit|contact)/;

/** Entries by session, newest session first. Without a session of the source's own, silence parts them. */
function sessions(timeline: readonly TimelineEntry[], silence: number): [TimelineEntry, ...TimelineEntry[]][] {
  const open = new Map<string, [TimelineEntry, ...TimelineEntry[]]>();
  const all: [TimelineEntry, ...TimelineEntry[]][] = [];
  for (const entry of timeline) {
    const { session, channel, department, kind, id } = entry;
    const key = session === null && alone.test(kind) ? id : `${department} ${channel} ${session ?? ''}`;
    const known = open.get(key);
    const oldest = known?.at(-1);
    if (known && oldest && (session !== null || Date.parse(oldest.at) - Date.parse(entry.at) <= silence)) {
      known.push(entry);
      continue;
    }
    const fresh: [TimelineEntry, ...TimelineEntry[]] = [entry];
    open.set(key, fresh);
    all.push(fresh);
  }
  return all;
}
