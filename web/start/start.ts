import '../design/base.css';
import './start.css';
import { askDemo, type Demo } from '../shared/demo.js';
import { make, show } from '../shared/make.js';
import { applyTheme } from '../shared/theme.js';
import { speak, t } from '../shared/words.js';

/** The newcomer's page: the three windows of the story side by side. */
async function open(): Promise<void> {
  const demo = await askDemo().catch(() => undefined);
  if (demo === undefined) return show(noAnswer());
  if (demo === null) return show(noDemo());
  const door = `/s/${encodeURIComponent(demo.storeCode)}`;
  const tablet = `/tablet#token=${encodeURIComponent(demo.tabletToken)}`;
  show(
    make(
      'main',
      { class: 'start' },
      make(
        'header',
        { class: 'start-head' },
        make('h1', {}, t('start.title')),
        make('p', { class: 'soft' }, t('start.words')),
      ),
      make(
        'div',
        { class: 'windows' },
        view('1', t('start.shop'), t('start.shopWords'), '/shop', 'tall'),
        view('2', t('start.door'), t('start.doorWords', { card: demo.loyaltyId }), door, 'tall', [
          demo.cardPage,
          t('start.herCard'),
        ]),
        view('3', t('start.tablet'), t('start.tabletWords'), tablet, 'wide'),
      ),
      make(
        'footer',
        { class: 'start-foot soft small' },
        make('p', {}, make('strong', {}, `${t('start.reset')}: `), t('start.resetWords')),
        links(demo),
      ),
    ),
  );
}

type Aside = readonly [address: string, words: string];

function view(step: string, title: string, words: string, address: string, shape: string, aside?: Aside): HTMLElement {
  const heading = `window-${step}`;
  return make(
    'section',
    { class: 'view', 'data-shape': shape, 'aria-labelledby': heading },
    make(
      'header',
      {},
      make('h2', { id: heading }, make('span', { class: 'step', 'aria-hidden': 'true' }, step), title),
      make('p', { class: 'soft small' }, words),
      make(
        'p',
        { class: 'ways small' },
        make('a', { href: address, target: '_blank' }, t('start.openAlone')),
        aside && make('a', { href: aside[0], target: '_blank' }, aside[1]),
      ),
    ),
    make('iframe', { src: address, title, allow: 'camera; autoplay', loading: 'eager' }),
  );
}

function links(demo: Demo | null): HTMLElement {
  const desk = demo ? `/desk#token=${encodeURIComponent(demo.managerToken)}` : '/desk';
  const tablet = demo ? `/tablet#token=${encodeURIComponent(demo.tabletToken)}` : '/tablet';
  const pages: [name: string, address: string][] = [
    ['/shop', '/shop'],
    ['/tablet', tablet],
    ['/desk', desk],
    ...(demo ? [[`/s/${demo.storeCode}`, `/s/${demo.storeCode}`] as [string, string]] : []),
  ];
  const anchors = pages.flatMap(([name, address]) => [make('a', { href: address }, name), ' ']);
  return make('p', {}, make('strong', {}, `${t('start.links')}: `), ...anchors);
}

function noDemo(): HTMLElement {
  return make(
    'main',
    { class: 'start no-demo' },
    make('h1', {}, t('start.notDemo')),
    make('p', { class: 'soft' }, t('start.notDemoWords')),
    links(null),
  );
}

function noAnswer(): HTMLElement {
  const button = make('button', { class: 'button' }, t('phone.again'));
  button.addEventListener('click', () => void open());
  return make(
    'main',
    { class: 'start no-demo' },
    make('h1', {}, t('start.noAnswer')),
    make('p', { class: 'soft' }, t('phone.noNetwork')),
    button,
  );
}

applyTheme();
await speak();
await open();
