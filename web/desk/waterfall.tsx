import { t } from '../shared/words.js';
import { barsOf } from './compare.rules.js';
import type { Pair } from './use-review.js';

type Props = { pair: Pair; certainFrom: number };

/** What speaks for one person and what against, comparison by comparison, and how far it falls short of certainty, or what holds the two apart. */
export function Waterfall({ pair: { evidence, weight, heldApart }, certainFrom }: Props) {
  const bars = barsOf(evidence);
  const low = Math.min(0, ...bars.map(({ to }) => to));
  const high = Math.max(certainFrom, ...bars.map(({ to }) => to)) * 1.04;
  const place = (bits: number): string => `${((bits - low) / (high - low)) * 100}%`;
  const span = (from: number, to: number) => ({
    insetInlineStart: place(Math.min(from, to)),
    inlineSize: `${(Math.abs(to - from) / (high - low)) * 100}%`,
  });
  return (
    <section className="desk-card review-evidence" aria-labelledby="evidence">
      <h2 id="evidence">{t('review.evidence')}</h2>
      <ol className="waterfall">
        {bars.map(({ text, weight: bits, from, to }) => (
          <li key={text}>
            <p>
              <span>{text}</span>
              <b data-sign={bits > 0 ? 'for' : 'against'}>{signed(bits)}</b>
            </p>
            <div className="waterfall-track" aria-hidden="true">
              <span data-sign={bits > 0 ? 'for' : 'against'} style={span(from, to)} />
              <i style={{ insetInlineStart: place(certainFrom) }} />
            </div>
          </li>
        ))}
        <li className="waterfall-sum">
          <p>
            <span>{t('review.sum')}</span>
            <b>{signed(weight)}</b>
          </p>
          <div className="waterfall-track" aria-hidden="true">
            <span data-sign="sum" style={span(0, weight)} />
            <i style={{ insetInlineStart: place(certainFrom) }} />
          </div>
          <p className="soft small">
            {heldApart ?? t('review.short', { missing: number(certainFrom - weight), certain: number(certainFrom) })}
          </p>
        </li>
      </ol>
      <p className="soft tiny">{t('review.bits')}</p>
    </section>
  );
}

function number(bits: number): string {
  return new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 }).format(bits);
}

function signed(bits: number): string {
  const options = { maximumFractionDigits: 1, signDisplay: 'exceptZero' } as const;
  return new Intl.NumberFormat(document.documentElement.lang, options).format(bits);
}
