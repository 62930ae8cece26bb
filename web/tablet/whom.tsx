import { t } from '../shared/words.js';
import type { Visit } from './board.rules.js';
import { ConfirmIdentityDocument, IdentifyVisitDocument } from './graphql/graphql.js';
import { freshKey } from '../shared/ids.js';
import { useStep } from './tablet-context.js';

/** Why we take her to be this customer; or, while nobody is sure, whom she may be. */
export function Whom({ visit }: { visit: Visit }) {
  const { matchedBy, candidates, status } = visit.recognition;
  const step = useStep();
  const choose = (candidateId: string) =>
    status === 'ANONYMOUS' || status === 'DISPUTED'
      ? step(
          IdentifyVisitDocument,
          { input: { visitId: visit.id, idempotencyKey: freshKey(), candidateId } },
          (r) => r.identifyVisit,
        )
      : step(ConfirmIdentityDocument, { visitId: visit.id, candidateId }, (r) => r.confirmIdentity);

  return (
    <>
      {candidates.length > 0 && status !== 'CONFIRMED' && (
        <section aria-labelledby="may-be">
          <h2 id="may-be" className="section-name">
            {t('tablet.mayBe')}
          </h2>
          <ul className="candidates">
            {candidates.map((candidate) => (
              <li key={candidate.id}>
                <button className="candidate" onClick={() => void choose(candidate.id)}>
                  <b>{candidate.maskedName}</b>
                  <span className="soft small">{candidate.explanation}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {matchedBy.length > 0 && status === 'CONFIRMED' && (
        <details className="because whom-why">
          <summary>{t('tablet.howWeKnow')}</summary>
          <ul>
            {matchedBy.map((reason) => (
              <li key={reason.identifier + reason.explanation}>{reason.explanation}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
