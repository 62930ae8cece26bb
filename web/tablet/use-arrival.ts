import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { Fault, SignedOut, Unreachable, ask } from '../shared/ask.js';
import { freshKey } from '../shared/ids.js';
import { t } from '../shared/words.js';
import type { Visit } from './board.rules.js';
import { choiceKey, choose, type Choice, type Chosen } from './choose.js';
import { CheckInDocument, type CheckInInput } from './graphql/graphql.js';
import { useTablet } from './tablet-context.js';

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
    try {
      const { checkIn } = await board.checkingIn(
        async () => ask(CheckInDocument, { input }, { token: await access.token(), patience: 6_000 }),
        (answer) => ('visit' in answer.checkIn ? answer.checkIn.visit.id : undefined),
      );
      if (checkIn.__typename === 'CheckedIn') {
        const { visit } = checkIn;
        board.take(visit);
        const choice = chosen && (await chooseNow(visit, chosen, input));
        if (choice) board.take(choice.visit);
        if (choice?.message) say(choice.message);
        else if (checkIn.repeated) say(t('tablet.alreadyHere'));
        else if (!onShift) say(t('tablet.checkedIn'));
        // The form goes with the board that it covers: painting the board once more would only make her wait.
        if (onShift) await navigate({ to: '/visit/$visitId', params: { visitId: checkIn.visit.id } });
        done();
      } else setRefusal(checkIn.message);
    } catch (error) {
      if (error instanceof Unreachable) {
        await line.add({ kind: 'check-in', input, ...(chosen && { chosen }) });
        say(t('tablet.deeds.kept'));
        done();
      } else if (error instanceof SignedOut) await access.refused(t('tablet.revoked'));
      else setRefusal(t('tablet.fault', { message: (error as Error).message }));
    } finally {
      clearTimeout(long);
      running.current = false;
      setBusy(false);
    }
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
