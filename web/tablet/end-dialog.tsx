import { useNavigate } from '@tanstack/react-router';
import { useRef, useState, type FormEvent } from 'react';
import { SignedOut, Unreachable, ask } from '../shared/ask.js';
import { Dialog } from '../shared/dialog.js';
import { typedIn } from '../shared/form.js';
import { amountToType, typedAmount } from '../shared/format.js';
import { keyByInput } from '../shared/ids.js';
import { momentIn } from '../shared/time.js';
import { t } from '../shared/words.js';
import { isOver, nameOf, type Visit } from './board.rules.js';
import { Choices } from './choices.js';
import { EndVisitDocument, type EndVisitInput, type VisitOutcome } from './graphql/graphql.js';
import { useTablet } from './tablet-context.js';
import { WhyNot } from './why-not.js';

const OUTCOMES: readonly VisitOutcome[] = ['SOLD', 'QUOTED', 'APPOINTMENT', 'INFORMED', 'LEFT'];
const WITH_AMOUNT = new Set<VisitOutcome>(['SOLD', 'QUOTED']);
const WITH_NEXT_STEP = new Set<VisitOutcome>(['QUOTED', 'APPOINTMENT', 'INFORMED']);

/** The farewell: what came of the visit, what it is worth, what happens next. Works without a network, and outlasts the visit while somebody writes. */
export function EndDialog({ visit, close }: { visit: Visit; close: () => void }) {
  const { access, board, line, say } = useTablet();
  const navigate = useNavigate();
  const [outcome, setOutcome] = useState<VisitOutcome | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [unread, setUnread] = useState(false);
  const [keyOf] = useState(keyByInput);
  const [busy, setBusy] = useState(false);
  const running = useRef(false);
  const isOverMeanwhile = isOver(visit) && !busy;
  const currency = visit.store.currency;

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (running.current || isOverMeanwhile) return;
    if (!outcome) return setTrouble(t('tablet.ending.chooseFirst'));
    const form = new FormData(event.currentTarget);
    if (!readable(typedIn(form, 'amount'), currency)) {
      setUnread(true);
      return event.currentTarget.querySelector<HTMLInputElement>('[name=amount]')?.focus();
    }
    const ending = endingOf(visit, outcome, (name) => typedIn(form, name));
    running.current = true;
    setBusy(true);
    await end({ ...ending, idempotencyKey: keyOf(ending) });
    running.current = false;
    setBusy(false);
  };

  const end = async (input: EndVisitInput) => {
    const kept = line.underWay({ kind: 'ending', input, calledName: nameOf(visit) });
    try {
      const { endVisit } = await ask(EndVisitDocument, { input }, { token: await access.token(), patience: 6_000 });
      void kept.answered();
      if (endVisit.__typename !== 'VisitChanged') return setTrouble(endVisit.message);
      board.take(endVisit.visit);
      say(t('tablet.ending.done'));
    } catch (error) {
      if (!(error instanceof Unreachable || error instanceof SignedOut)) {
        void kept.answered();
        return setTrouble(t('tablet.fault', { message: (error as Error).message }));
      }
      await kept.waits();
      board.take({ ...visit, endedAt: new Date().toISOString() });
      say(t('tablet.deeds.kept'));
      if (error instanceof SignedOut) void access.refused(t('tablet.revoked'));
    }
    close();
    await navigate({ to: '/' });
  };

  return (
    <Dialog title={t('tablet.ending.title', { name: nameOf(visit) ?? t('tablet.her') })} close={close}>
      <form className="stack" aria-busy={busy} onSubmit={(event) => void submit(event)}>
        <Choices
          label={t('tablet.ending.outcome')}
          values={OUTCOMES}
          chosen={outcome}
          choose={setOutcome}
          words={(value) => t(`tablet.outcome.${value}`)}
        />
        {outcome && WITH_AMOUNT.has(outcome) && (
          <label className="field">
            <span>{t('tablet.ending.amount', { currency })}</span>
            <input
              name="amount"
              inputMode="decimal"
              autoComplete="off"
              defaultValue={suggestedAmount(visit)}
              aria-invalid={unread}
              aria-describedby={unread ? 'amount-unread' : undefined}
              onChange={() => setUnread(false)}
            />
            {unread && (
              <small id="amount-unread" role="alert">
                {t('tablet.ending.amountUnread', { example: amountToType({ amountMinor: 3_880_050, currency }) })}
              </small>
            )}
          </label>
        )}
        {outcome && WITH_NEXT_STEP.has(outcome) && (
          <div className="two">
            <label className="field">
              <span>{t('tablet.ending.nextStep')}</span>
              <input name="nextStep" autoComplete="off" />
            </label>
            <label className="field">
              <span>{t('tablet.ending.nextStepAt')}</span>
              <input name="nextStepAt" type="datetime-local" />
            </label>
          </div>
        )}
        {outcome === 'LEFT' && (
          <label className="field">
            <span>{t('tablet.ending.lostReason')}</span>
            <input name="lostReason" autoComplete="off" />
          </label>
        )}
        <label className="field">
          <span>{t('tablet.ending.note')}</span>
          <textarea name="note" rows={2} />
        </label>
        <WhyNot text={isOverMeanwhile ? t('tablet.ending.overMeanwhile') : trouble} />
        <button className="button large" disabled={busy || isOverMeanwhile}>
          {t('tablet.end')}
        </button>
      </form>
    </Dialog>
  );
}

/** Nothing, or a sum that is none below nought. */
function readable(text: string, currency: string): boolean {
  return text === '' || (typedAmount(text, currency) ?? -1) >= 0;
}

function suggestedAmount(visit: Visit): string {
  const total = visit.context?.configurations[0]?.total;
  return total?.currency === visit.store.currency ? amountToType(total) : '';
}

function endingOf(
  visit: Visit,
  outcome: VisitOutcome,
  field: (name: string) => string,
): Omit<EndVisitInput, 'idempotencyKey'> {
  const { currency, timeZone } = visit.store;
  const amountMinor = typedAmount(field('amount'), currency);
  const configurationId = visit.context?.configurations[0]?.id;
  return {
    visitId: visit.id,
    outcome,
    ...(field('note') ? { note: field('note') } : {}),
    ...(field('lostReason') ? { lostReason: field('lostReason') } : {}),
    ...(field('nextStep') ? { nextStep: field('nextStep') } : {}),
    ...(field('nextStepAt') ? { nextStepAt: momentIn(timeZone, field('nextStepAt')).toISOString() } : {}),
    ...(amountMinor === null ? {} : { amount: { amountMinor, currency } }),
    ...(amountMinor === null || !configurationId ? {} : { configurationId }),
  };
}
