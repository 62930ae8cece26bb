import { t } from '../shared/words.js';
import type { Visit } from './board.rules.js';
import { byReason } from './withheld.rules.js';
import { kindsOf } from './withheld.js';

/** While it is not certain who this is: what to do, what was shown, and what stays hidden until then. */
export function Guidance({ visit }: { visit: Visit }) {
  const { status, matchedBy } = visit.recognition;
  if (status === 'CONFIRMED') return null;
  return (
    <section className="guidance" aria-label={t('tablet.guidance.label')}>
      <p className="guidance-first">{t(`tablet.guidance.${status}`)}</p>
      <ul>
        {matchedBy.map((reason) => (
          <li key={reason.identifier + reason.explanation}>{reason.explanation}</li>
        ))}
        {status !== 'ANONYMOUS' &&
          byReason(visit.context?.withheld ?? []).map((each) => (
            <li key={each.reason}>
              <b className="kinds">{kindsOf(each)}</b>
              {each.reason}
            </li>
          ))}
      </ul>
    </section>
  );
}
