import { t } from '../shared/words.js';
import { minutesWaiting, promiseUsed, urgency, type Visit } from './board.rules.js';

const RADIUS = 27;
const ROUND = 2 * Math.PI * RADIUS;

/** Minutes of waiting in a ring that fills up against the store's promise: green, amber, red. */
export function WaitRing({ visit, now }: { visit: Visit; now: number }) {
  const minutes = minutesWaiting(visit, now);
  const used = promiseUsed(visit, now);
  return (
    <span className="ring" data-urgency={urgency(used)}>
      <svg viewBox="0 0 64 64" aria-hidden="true">
        <circle cx="32" cy="32" r={RADIUS} className="ring-track" />
        <circle
          cx="32"
          cy="32"
          r={RADIUS}
          className="ring-fill"
          strokeDasharray={`${Math.min(1, Math.max(0.03, used)) * ROUND} ${ROUND}`}
        />
      </svg>
      <span className="ring-words" aria-hidden="true">
        <b>{minutes > 99 ? '99+' : minutes}</b>
        <small>{t('tablet.min')}</small>
      </span>
      <span className="seen-by-readers-only">
        {t('tablet.waited', { count: minutes, urgency: t(`tablet.urgency.${urgency(used)}`) })}
      </span>
    </span>
  );
}
