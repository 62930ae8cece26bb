import { useCallback, useEffect, useRef, useState } from 'react';
import { SignedOut, Unreachable, ask } from '../shared/ask.js';
import { t } from '../shared/words.js';
import {
  JudgeRecordsDocument,
  RevokeJudgementDocument,
  ReviewQueueDocument,
  type ReviewQueueQuery,
  type Verdict,
} from './graphql/graphql.js';

/** Two records that somebody is asked about. */
export type Pair = ReviewQueueQuery['reviewQueue']['pairs'][number];

interface Said {
  readonly pair: Pair;
  readonly verdict: Verdict;
  readonly judgementId: string;
}

/** What keeps the page from going on. */
export interface Trouble {
  readonly kind: 'offline' | 'fault';
  readonly text: string;
  /** Does again what failed. */
  readonly again: () => void;
}

interface Queue {
  readonly pairs: readonly Pair[];
  readonly next: string | null;
  readonly waiting: number;
  readonly certainFrom: number;
}

const page = 20;
/** Pairs left at which more are fetched. */
const low = 5;
/** From this count on the server only says "at least". */
export const mostCounted = 500;

/** The queue as one member of staff works through it: the pair before her, what she has said, and how to take it back. */
export function useReview() {
  const [queue, setQueue] = useState<Queue | null>(null);
  const [place, setPlace] = useState(0);
  const [said, setSaid] = useState<readonly Said[]>([]);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [told, setTold] = useState('');
  const [busy, setBusy] = useState(false);
  const working = useRef(false);
  const last = Math.max(0, (queue?.pairs.length ?? 0) - 1);
  /** The last pair may just have been answered. */
  const at = Math.min(place, last);

  const attempt = useCallback(async (work: () => Promise<void>): Promise<void> => {
    if (working.current) return;
    working.current = true;
    setBusy(true);
    try {
      await work();
      setTrouble(null);
    } catch (error) {
      if (error instanceof SignedOut) location.assign('/desk');
      const isAway = error instanceof Unreachable;
      setTrouble({
        kind: isAway ? 'offline' : 'fault',
        text: isAway ? t('review.offline') : t('desk.fault', { message: (error as Error).message }),
        again: () => void attempt(work),
      });
    } finally {
      working.current = false;
      setBusy(false);
    }
  }, []);

  const load = useCallback(async (first?: Pair): Promise<void> => {
    const { reviewQueue } = await ask(ReviewQueueDocument, { first: page });
    const others = reviewQueue.pairs.filter(({ id }) => id !== first?.id);
    setQueue({
      pairs: first ? [first, ...others] : others,
      next: reviewQueue.nextCursor ?? null,
      waiting: reviewQueue.waiting,
      certainFrom: reviewQueue.certainFrom,
    });
    setPlace(0);
  }, []);

  useEffect(() => {
    void attempt(() => load());
  }, [attempt, load]);

  const more = useCallback(async (): Promise<void> => {
    if (!queue?.next) return;
    const { reviewQueue } = await ask(ReviewQueueDocument, { first: page, after: queue.next });
    setQueue((now) => {
      if (!now) return now;
      const known = new Set(now.pairs.map(({ id }) => id));
      const fresh = reviewQueue.pairs.filter(({ id }) => !known.has(id));
      return { ...now, pairs: [...now.pairs, ...fresh], next: reviewQueue.nextCursor ?? null };
    });
  }, [queue?.next]);

  const left = (queue?.pairs.length ?? 0) - at;
  useEffect(() => {
    if (queue?.next && left <= low && !trouble) void attempt(more);
  }, [queue?.next, left, trouble, attempt, more]);

  const pair = queue?.pairs[at];

  const judge = (verdict: Verdict, note: string): void => {
    if (!pair) return;
    const why = note.trim() || t(`review.why.${verdict}`);
    void attempt(async () => {
      const { judgeRecords } = await ask(JudgeRecordsDocument, { a: pair.a.id, b: pair.b.id, verdict, why });
      if (judgeRecords.__typename !== 'Judged') {
        // Somebody was faster, or a record is gone: the question does not stand any more.
        setTold(judgeRecords.message);
        await load();
        return;
      }
      const { judgementId } = judgeRecords;
      if (judgementId) setSaid((before) => [...before, { pair, verdict, judgementId }]);
      setTold(t(`review.told.${verdict}`));
      // Two who are one now may have had questions in common.
      if (verdict === 'SAME') await load();
      else
        setQueue((now) => {
          if (!now) return now;
          const waiting = now.waiting >= mostCounted ? now.waiting : Math.max(0, now.waiting - 1);
          return { ...now, pairs: now.pairs.filter(({ id }) => id !== pair.id), waiting };
        });
    });
  };

  const undo = (): void => {
    const latest = said.at(-1);
    if (!latest) return;
    void attempt(async () => {
      const { revokeJudgement } = await ask(RevokeJudgementDocument, { id: latest.judgementId });
      setSaid((before) => before.filter((one) => one !== latest));
      setTold(revokeJudgement.__typename === 'Judged' ? t('review.undone') : revokeJudgement.message);
      await load(latest.pair);
    });
  };

  const move = (by: 1 | -1): void => {
    setPlace((now) => Math.min(Math.max(0, Math.min(now, last) + by), last));
  };

  return { queue, pair, at, said, trouble, told, busy, judge, undo, move, reload: () => void attempt(() => load()) };
}
