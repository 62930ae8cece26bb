import '../design/base.css';
import './phone.css';
import { Unreachable, ask } from '../shared/ask.js';
import { make, show } from '../shared/make.js';
import { applyTheme } from '../shared/theme.js';
import { speak, t } from '../shared/words.js';
import { CustomerPageDocument } from './graphql/graphql.js';
import { Car } from './car.js';
import { PassCard } from './pass-card.js';

/** The customer's own page: her code, which renews itself, and what she built. */
async function open(): Promise<void> {
  const link = decodeURIComponent(location.pathname.split('/')[2] ?? '');
  show(make('main', { class: 'phone', 'aria-busy': true }, make('p', { class: 'soft waiting' }, t('phone.loading'))));
  try {
    const { page } = await ask(CustomerPageDocument, { link });
    if (!page) return sorry(t('phone.unknownTitle'), t('phone.unknownWords'));
    const pass = new PassCard(link, page.configuration.code);
    show(make('main', { class: 'phone' }, make('h1', {}, page.greeting), pass.element, Car(page.configuration)));
    await pass.start();
  } catch (error) {
    sorry(t('phone.cannotOpen'), t(error instanceof Unreachable ? 'phone.noNetwork' : 'phone.fault'), true);
  }
}

function sorry(title: string, words: string, again = false): void {
  const button = make('button', { class: 'button' }, t('phone.again'));
  button.addEventListener('click', () => void open());
  show(
    make('main', { class: 'phone sorry' }, make('h1', {}, title), make('p', { class: 'soft' }, words), again && button),
  );
}

applyTheme();
await speak();
await open();
