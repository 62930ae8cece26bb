import { t } from '../shared/words.js';
import { useBoard, useTablet, useWaitingLine } from './tablet-context.js';
import type { Deed } from './deed.rules.js';

const REFUSED = {
  'check-in': 'tablet.deeds.checkInRefused',
  ending: 'tablet.deeds.endingRefused',
  dispute: 'tablet.deeds.disputeRefused',
};

/** What waits for the network, and what came back refused: nothing is lost silently. */
export function WaitingDeeds() {
  const { line, onShift } = useTablet();
  const deeds = useWaitingLine();
  const { connection } = useBoard();
  // With a connection "not her" is sent at once, and has been seen already.
  const waiting = deeds.filter((deed) => !deed.refused && (deed.kind !== 'dispute' || connection !== 'live'));
  const refused = deeds.filter((deed) => deed.refused);
  if (waiting.length + refused.length === 0) return null;
  return (
    <section className="deeds" aria-label={t('tablet.deeds.title')}>
      {waiting.length > 0 && (
        <p className="notice">
          {t(connection === 'live' ? 'tablet.deeds.sending' : 'tablet.deeds.waiting', { count: waiting.length })}
        </p>
      )}
      {!onShift && refused.length > 0 && (
        <p className="notice late">{t('tablet.deeds.refused', { count: refused.length })}</p>
      )}
      {(onShift ? refused : []).map((deed) => (
        <p className="notice late" role="alert" key={deed.name}>
          <span>
            {t(deed.isChoice ? 'tablet.deeds.choiceRefused' : REFUSED[deed.kind], {
              name: calledName(deed) ?? t(deed.kind === 'dispute' ? 'tablet.person' : 'tablet.somebody'),
              why: deed.refused,
            })}
          </span>
          <button className="link" onClick={() => void line.dismiss(deed.name)}>
            {t('tablet.deeds.understood')}
          </button>
        </p>
      ))}
    </section>
  );
}

function calledName(deed: Deed): string | null | undefined {
  if (deed.kind === 'dispute') return null;
  if (deed.kind === 'ending') return deed.calledName;
  return deed.isChoice ? deed.chosen?.maskedName : deed.input.calledName;
}
