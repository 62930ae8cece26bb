import { IconMinus, IconPlus } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { Dialog } from '../shared/dialog.js';
import { typedIn } from '../shared/form.js';
import { t } from '../shared/words.js';
import { PURPOSES } from './board.rules.js';
import { Choices } from './choices.js';
import type { VisitPurpose } from './graphql/graphql.js';
import { LookUp } from './look-up.js';
import { ScanView } from './scan-view.js';
import { useTablet } from './tablet-context.js';
import { useArrival } from './use-arrival.js';
import { WhyNot } from './why-not.js';

const WAYS = ['scan', 'type', 'lookUp', 'noName'] as const;
/** Whom a look-up may mean is shown to somebody on shift only. */
const WITHOUT_SHIFT = WAYS.filter((way) => way !== 'lookUp');
type Way = (typeof WAYS)[number];

/** A visitor arrives: with a code, a card, a name, or nothing but something to call out. */
export function CheckInDialog({ close }: { close: () => void }) {
  const { onShift } = useTablet();
  const [way, setWay] = useState<Way>('scan');
  // Only what somebody has set is sent: for a visitor who is here already it corrects what was said before.
  const [party, setPartySize] = useState<number | null>(null);
  const partySize = party ?? 1;
  const [purpose, setPurpose] = useState<VisitPurpose | null>(null);
  const { arrive, busy, refusal, clear } = useArrival(close);
  const also = { ...(party ? { partySize: party } : {}), ...(purpose ? { purpose } : {}) };

  return (
    <Dialog title={t('tablet.checkInTitle')} close={close} size="l">
      <div className="tabs" role="tablist" aria-label={t('tablet.checkInTitle')}>
        {(onShift ? WAYS : WITHOUT_SHIFT).map((each) => (
          <button
            key={each}
            role="tab"
            id={`way-${each}`}
            aria-selected={way === each}
            aria-controls="way"
            className="tab"
            onClick={() => {
              setWay(each);
              clear();
            }}
          >
            {t(`tablet.way.${each}`)}
          </button>
        ))}
      </div>
      <div id="way" role="tabpanel" aria-labelledby={`way-${way}`} className="way" aria-busy={busy}>
        {way === 'scan' && <ScanView found={(code) => arrive({ ...also, code })} />}
        {way === 'type' && (
          <OneField
            name="code"
            label={t('tablet.code.label')}
            hint={t('tablet.code.hint')}
            button={t('tablet.checkIn')}
            busy={busy}
            give={(code) => void arrive({ ...also, code })}
          />
        )}
        {way === 'lookUp' && (
          <LookUp busy={busy} arrive={(said, chosen) => void arrive({ ...also, ...said }, chosen)} />
        )}
        {way === 'noName' && (
          <OneField
            name="calledName"
            label={t('tablet.called.label')}
            hint={t('tablet.called.hint')}
            button={t('tablet.checkIn')}
            busy={busy}
            mayBeEmpty
            give={(calledName) => void arrive({ ...also, ...(calledName ? { calledName } : {}) })}
          />
        )}
      </div>
      <WhyNot text={refusal} />
      <div className="also">
        <Choices
          label={t('tablet.purpose.label')}
          values={PURPOSES}
          chosen={purpose}
          choose={(value) => setPurpose(purpose === value ? null : value)}
          words={(value) => t(`tablet.purpose.${value}`)}
        />
        <div className="choices">
          <span className="choices-label">{t('tablet.party')}</span>
          <div className="stepper">
            <button
              className="tool"
              aria-label={t('tablet.fewer')}
              disabled={partySize < 2}
              onClick={() => setPartySize(partySize - 1)}
            >
              <IconMinus />
            </button>
            <output aria-live="polite">{partySize}</output>
            <button
              className="tool"
              aria-label={t('tablet.more')}
              disabled={partySize > 19}
              onClick={() => setPartySize(partySize + 1)}
            >
              <IconPlus />
            </button>
          </div>
        </div>
      </div>
    </Dialog>
  );
}

function OneField(props: {
  name: string;
  label: string;
  hint: string;
  button: string;
  busy: boolean;
  mayBeEmpty?: boolean;
  give: (text: string) => void;
}) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = typedIn(event.currentTarget, props.name);
    if (text || props.mayBeEmpty) props.give(text);
  };
  return (
    <form className="one-field" onSubmit={submit}>
      <label className="field">
        <span>{props.label}</span>
        <input name={props.name} autoComplete="off" autoFocus spellCheck={false} />
        <small>{props.hint}</small>
      </label>
      <button className="button" disabled={props.busy}>
        {props.button}
      </button>
    </form>
  );
}
