import { money } from '../shared/format.js';
import { make } from '../shared/make.js';
import { pictureOf } from '../shared/picture.js';
import { t } from '../shared/words.js';
import type { CustomerPageQuery } from './graphql/graphql.js';

type Configuration = NonNullable<CustomerPageQuery['page']>['configuration'];

/** What she built, as she left it. */
export function Car(configuration: Configuration): HTMLElement {
  const { modelLabel, model, options, total, url } = configuration;
  const label = modelLabel ?? model;
  const picture = pictureOf(configuration);
  const rows = options.map((option) =>
    make(
      'li',
      {},
      make('span', {}, option.label),
      make('span', { class: 'soft' }, option.price?.amountMinor ? money(option.price) : ''),
    ),
  );
  return make(
    'section',
    { class: 'built', 'aria-label': t('phone.options') },
    picture && stage(picture, label),
    make('h2', {}, label),
    make('ul', {}, ...rows),
    make('p', { class: 'total' }, make('span', {}, t('phone.total')), make('strong', {}, money(total))),
    isWeb(url) && make('a', { class: 'button quiet wide', href: url }, t('phone.edit')),
  );
}

function stage(url: string, label: string): HTMLElement {
  const image = make('img', { src: url, alt: label });
  const frame = make('div', { class: 'stage' }, image);
  image.addEventListener('error', () => frame.remove());
  return frame;
}

function isWeb(url: string | null): boolean {
  return !!url && /^https?:\/\//i.test(url);
}
