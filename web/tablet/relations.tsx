import { ago, day, money } from '../shared/format.js';
import { now } from '../shared/time.js';
import { t } from '../shared/words.js';
import type { Visit } from './board.rules.js';
import type { ConfigurationSeenFragment } from './graphql/graphql.js';
import { Freshness } from './freshness.js';
import { OpenMatters } from './open-matters.js';
import { Product } from './product.js';
import { Section } from './section.js';
import { Withheld } from './withheld.js';

type Props = { visit: Visit; otherConfigurations: ConfigurationSeenFragment[] };

/** Everything else that is known: what she did, bought and owns, what is withheld and why, and how fresh it is. */
export function Relations({ visit, otherConfigurations }: Props) {
  const context = visit.context;
  if (!context) return null;
  if (visit.recognition.status !== 'CONFIRMED')
    return (
      <div className="relations" data-quiet="true">
        <Freshness steps={context.freshness} sources={[]} timeZone={visit.store.timeZone} />
      </div>
    );
  return (
    <div className="relations">
      <Section name={t('tablet.activity')} empty={context.activity.length === 0 && t('tablet.noActivity')}>
        <ol className="timeline">
          {context.activity.map((each) => (
            <li key={each.id}>
              <p>{each.summary}</p>
              <p className="soft small">
                {ago(each.occurredAt, now())} · {channelName(each.channel)}
              </p>
            </li>
          ))}
        </ol>
      </Section>
      <div className="relations-stack">
        <OpenMatters context={context} timeZone={visit.store.timeZone} />
        {context.interests.length > 0 && (
          <Section name={t('tablet.interests')}>
            <ul className="facts">
              {context.interests.map((each) => (
                <li key={each.model + each.low.currency}>
                  <p className="fact-line">
                    <span>{each.label}</span>
                    <span>{priceRange(each)}</span>
                  </p>
                  <p className="soft small">
                    {t(`tablet.warmth.${each.warmth}`)} · {ago(each.lastTouchedAt, now())}
                  </p>
                </li>
              ))}
            </ul>
          </Section>
        )}
        <Section name={t('tablet.owned')} empty={context.ownedProducts.length === 0 && t('tablet.noneOwned')}>
          <ul className="facts">
            {context.ownedProducts.map((each) => (
              <li key={each.id}>
                <p>{each.label}</p>
                <p className="soft small">
                  {[each.detail, each.since && t('tablet.since', { when: day(each.since, visit.store.timeZone) })]
                    .filter(Boolean)
                    .join(' · ')}
                </p>
              </li>
            ))}
          </ul>
        </Section>
        <Section name={t('tablet.purchases')} empty={context.purchases.length === 0 && t('tablet.noPurchases')}>
          <ul className="facts">
            {context.purchases.map((each) => (
              <li key={each.id}>
                <p className="fact-line">
                  <span>{each.label}</span>
                  {each.total && <span>{money(each.total)}</span>}
                </p>
                <p className="soft small">
                  {day(each.orderedAt, visit.store.timeZone)} · {channelName(each.channel)}
                </p>
              </li>
            ))}
          </ul>
        </Section>
        <Withheld context={context} />
      </div>
      {otherConfigurations.length > 0 && (
        <Section name={t('tablet.alsoBuilt')} wide>
          <div className="other-products">
            {otherConfigurations.map((each) => (
              <Product key={each.id} configuration={each} />
            ))}
          </div>
        </Section>
      )}
      <Freshness steps={context.freshness} sources={context.customer?.sources ?? []} timeZone={visit.store.timeZone} />
    </div>
  );
}

function channelName(channel: string): string {
  return t(`tablet.channel.${channel.toLowerCase()}`, { defaultValue: channel });
}

function priceRange({ low, high }: NonNullable<Visit['context']>['interests'][number]): string {
  return low.amountMinor === high.amountMinor ? money(low) : `${money(low)} – ${money(high)}`;
}
