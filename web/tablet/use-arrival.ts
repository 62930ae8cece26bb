import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { Fault, SignedOut, Unreachable, ask } from '../shared/ask.js';
import { freshKey } from '../shared/ids.js';
import { t } from '../shared/words.js';
import type { Visit } from './board.rules.js';
import { choiceKey, choose, type Choice, type Chosen } from './choose.js';
import { CheckInDocument, type CheckInInput } from './graphql/graphql.js';
import { useTablet } from './tablet-context.js';
import type { UnderWay } from './waiting-line.js';

/** Milliseconds after which the form says that it is still asking; a quick answer must not wait for that to be painted. */
const LONG = 600;

type Said = Omit<CheckInInput, 'storeId' | 'idempotencyKey'>;

/** Checks a visitor in and opens her; without a network it queues; a refusal is kept to be shown beside the form. */
export function useArrival(done: () => void) {
  const { access, board, line, onShift, say, store } = useTablet();
  const navigate = useNavigate();
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const running = useRef(false);

  const arrive = async (said: Said, chosen?: Chosen): Promise<void> => {
    if (running.current) return;
    running.current = true;
    const long = setTimeout(() => setBusy(true), LONG);
    setRefusal(null);
    const input: CheckInInput = { ...said, storeId: store.id, idempotencyKey: freshKey() };
    const { answer, kept } = askNow(input, chosen);
    try {
      const { checkIn } = await answer;
      if (checkIn.__typename === 'CheckedIn') {
        board.take(checkIn.visit);
        await open(checkIn, chosen && (await chooseNow(checkIn.visit, chosen, input)));
        done();
      } else setRefusal(checkIn.message);
      void kept.answered();
    } catch (error) {
      await goOn(error, kept);
    } finally {
      clearTimeout(long);
      running.current = false;
      setBusy(false);
    }
  };

  /** Asked at once, and kept beside it so that it outlives this page: whoever waits for the answer must not wait for that. */
  const askNow = (input: CheckInInput, chosen: Chosen | undefined) => {
    const answer = board.checkingIn(
      async () => ask(CheckInDocument, { input }, { token: await access.token(), patience: 6_000 }),
      ({ checkIn }) => ('visit' in checkIn ? checkIn.visit.id : undefined),
    );
    return { answer, kept: line.underWay({ kind: 'check-in', input, ...(chosen && { chosen }) }) };
  };

  const open = async ({ visit, repeated }: { visit: Visit; repeated: boolean }, choice: Choice | undefined) => {
    if (choice) board.take(choice.visit);
    if (choice?.message) say(choice.message);
    else if (repeated) say(t('tablet.alreadyHere'));
    else if (!onShift) say(t('tablet.checkedIn'));
    // The form goes with the board that it covers: painting the board once more would only make her wait.
    if (onShift) await navigate({ to: '/visit/$visitId', params: { visitId: visit.id } });
  };

  /** Whom the server has not heard waits: without a network, and where it asks for a PIN again. */
  const goOn = async (error: unknown, kept: UnderWay) => {
    if (error instanceof Unreachable || error instanceof SignedOut) {
      await kept.waits();
      say(t('tablet.deeds.kept'));
      if (error instanceof SignedOut) void access.refused(t('tablet.revoked'));
      return done();
    }
    void kept.answered();
    setRefusal(t('tablet.fault', { message: (error as Error).message }));
  };

  /** She is checked in whatever becomes of the choice. */
  const chooseNow = async (visit: Visit, chosen: Chosen, input: CheckInInput): Promise<Choice> => {
    try {
      return await choose(visit, chosen, choiceKey(input), await access.token());
    } catch (error) {
      if (error instanceof Fault) return { visit, message: t('tablet.fault', { message: error.message }) };
      throw error;
    }
  };

  return { arrive, busy, refusal, clear: () => setRefusal(null) };
}
