import { clock, day } from '../shared/format.js';
import { t } from '../shared/words.js';
import type { ContextSeenFragment } from './graphql/graphql.js';

type Props = {
  steps: ContextSeenFragment['freshness'];
  sources: NonNullable<ContextSeenFragment['customer']>['sources'];
  /** Of the store, whatever the tablet's own clock is set to. */
  timeZone: string;
};

/** Quiet marks: which facts are ready, still being computed, or old; and which department told what. */
export function Freshness({ steps, sources, timeZone }: Props) {
  const newest = steps
    .flatMap(({ computedAt }) => computedAt ?? [])
    .sort()
    .at(-1);
  return (
    <footer className="freshness">
      <ul aria-label={t('tablet.freshness.label')}>
        {steps.map((step) => (
          <li key={step.step} data-state={step.state}>
            {t(`tablet.step.${step.step}`, { defaultValue: step.step.replace(/-/g, ' ') })}
            <span className={step.state === 'READY' ? 'seen-by-readers-only' : undefined}>
              {t(`tablet.freshness.${step.state}`)}
            </span>
          </li>
        ))}
        {newest && <li className="as-of">{t('tablet.freshness.asOf', { time: clock(newest, timeZone) })}</li>}
      </ul>
      {sources.length > 0 && (
        <details className="because">
          <summary>{t('tablet.sources')}</summary>
          <ul>
            {sources.map((each) => (
              <li key={each.field + each.source}>
                {t(`tablet.field.${each.field}`, { defaultValue: each.field })}: {each.source},{' '}
                {day(each.asOf, timeZone)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </footer>
  );
}
