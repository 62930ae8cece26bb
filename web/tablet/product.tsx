import { IconMinus, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { ago, money } from '../shared/format.js';
import { pictureOf } from '../shared/picture.js';
import { now } from '../shared/time.js';
import { t } from '../shared/words.js';
import type { ConfigurationSeenFragment, OptionFragment } from './graphql/graphql.js';
import { useBoard } from './tablet-context.js';

/** What she built: picture, price then and now, what changed since her last visit, options, and what she took back. */
export function Product({
  configuration,
  presented,
}: {
  configuration: ConfigurationSeenFragment;
  presented?: boolean;
}) {
  const label = configuration.modelLabel ?? configuration.model;
  return (
    <article className="product" data-presented={presented}>
      <Picture url={pictureOf(configuration)} label={label} />
      <div className="product-words">
        <header className="product-head">
          <div>
            <h2>{label}</h2>
            <p className="soft small">
              {t('tablet.edited', { when: ago(configuration.lastEditedAt, now()) })} · <code>{configuration.code}</code>
            </p>
          </div>
          <Price configuration={configuration} />
        </header>
        <Changes change={configuration.changeSinceLastVisit} />
        <Options options={configuration.options} />
        <TakenBack configuration={configuration} />
      </div>
    </article>
  );
}

function Picture({ url, label }: { url: string | null; label: string }) {
  const { connection } = useBoard();
  // What could not be fetched is asked for again when the connection is another; what is there stays.
  const [broken, setBroken] = useState<string | null>(null);
  const asked = `${connection} ${url}`;
  if (!url || broken === asked) return null;
  return (
    <div className="picture">
      <img src={url} alt={label} onError={() => setBroken(asked)} />
    </div>
  );
}

function Price({ configuration }: { configuration: ConfigurationSeenFragment }) {
  const before = configuration.changeSinceLastVisit?.totalBefore;
  const difference = before ? configuration.total.amountMinor - before.amountMinor : 0;
  return (
    <p className="price">
      <strong>{money(configuration.total)}</strong>
      {before && difference !== 0 && (
        <span className="price-then">
          <span className="seen-by-readers-only">{t('tablet.atLastVisit')}</span>
          <s>{money(before)}</s>
          <span data-direction={difference < 0 ? 'down' : 'up'}>
            {money({ amountMinor: difference, currency: before.currency }, 'always')}{' '}
            <span className="seen-by-readers-only">{t('tablet.sinceLastVisit')}</span>
          </span>
        </span>
      )}
    </p>
  );
}

function Changes({ change }: { change: ConfigurationSeenFragment['changeSinceLastVisit'] }) {
  if (!change || change.added.length + change.removed.length === 0) return null;
  return (
    <div className="changes">
      <h3>{t('tablet.changed')}</h3>
      <ul>
        {change.added.map((option) => (
          <li key={`+${option.code}`} data-change="added">
            <IconPlus size={16} aria-label={t('tablet.added')} /> {option.label}
          </li>
        ))}
        {change.removed.map((option) => (
          <li key={`-${option.code}`} data-change="removed">
            <IconMinus size={16} aria-label={t('tablet.removed')} /> {option.label}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What she chose and took back, as far as it does not stand among the changes already. */
function TakenBack({ configuration }: { configuration: ConfigurationSeenFragment }) {
  const removed = new Set(configuration.changeSinceLastVisit?.removed.map(({ code }) => code));
  const others = configuration.abandoned.filter(({ code }) => !removed.has(code));
  if (others.length === 0) return null;
  return (
    <p className="small soft">
      {t('tablet.tookBack')} {others.map(({ label }) => label).join(', ')}
    </p>
  );
}

function Options({ options }: { options: OptionFragment[] }) {
  return (
    <dl className="options">
      {options.map((option) => (
        <div key={`${option.group}:${option.code}`}>
          <dt>{t(`tablet.group.${option.group}`, { defaultValue: groupName(option.group) })}</dt>
          <dd>{option.label}</dd>
          <dd className="option-price">{option.price && option.price.amountMinor !== 0 ? money(option.price) : ''}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The shop's own group code, made readable: "paint-colour" becomes "Paint colour". */
function groupName(group: string): string {
  const words = group.replace(/[-_]+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
