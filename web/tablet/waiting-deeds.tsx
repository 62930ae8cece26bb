import { t } from '../shared/words.js';
import { useBoard, useTablet, useWaitingLine } from './tablet-context.js';

/** What waits for the network, and what came back refused: nothing is lost silently. */
export function WaitingDeeds() {
  const { line } = useTablet();
  const deeds = useWaitingLine();
  const { connection } = useBoard();
  const waiting = deeds.filter((deed) => !deed.refused);
  const refused = deeds.filter((deed) => deed.refused);
  if (deeds.length === 0) return null;
  return (
    <section className="deeds" aria-label={t('tablet.deeds.title')}>
      {waiting.length > 0 && (
        <p className="notice">
          {t(connection === 'live' ? 'tablet.deeds.sending' : 'tablet.deeds.waiting', { count: waiting.length })}
        </p>
      )}
      {refused.map((deed) => (
        <p className="notice late" role="alert" key={deed.name}>
          <span>
            {t(deed.kind === 'check-in' ? 'tablet.deeds.checkInRefused' : 'tablet.deeds.endingRefused', {
              name: (deed.kind === 'check-in' ? deed.input.calledName : deed.calledName) ?? t('tablet.somebody'),
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
