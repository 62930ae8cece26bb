import { t } from '../shared/words.js';
import type { ContextSeenFragment } from './graphql/graphql.js';

/** What is worth saying, large enough to be read in passing; why, on a tap. */
export function Headline({ sentences }: { sentences: ContextSeenFragment['headline'] }) {
  if (sentences.length === 0) return null;
  return (
    <section aria-labelledby="worth-saying">
      <h2 id="worth-saying" className="section-name">
        {t('tablet.worthSaying')}
      </h2>
      <ul className="headline">
        {sentences.map((sentence) => (
          <li key={sentence.id}>
            <p>{sentence.text}</p>
            {sentence.because.length > 0 && (
              <details className="because">
                <summary>{t('tablet.why')}</summary>
                <ul>
                  {sentence.because.map((reason) => (
                    <li key={reason}>{reason}</li>
                  ))}
                </ul>
              </details>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
