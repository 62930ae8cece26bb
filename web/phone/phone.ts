import '../design/base.css';
import './phone.css';
import { Unreachable, ask } from '../shared/ask.js';
import { make, show } from '../shared/make.js';
import { applyTheme } from '../shared/theme.js';
import { speak, t } from '../shared/words.js';
import { keptCard } from '../wallet/kept-card.js';
import { MemberCard } from '../wallet/member-card.js';
import { CustomerPageDocument, type CustomerPageQuery } from './graphql/graphql.js';
import { Car } from './car.js';
import { PassCard } from './pass-card.js';

type Page = NonNullable<CustomerPageQuery['page']>;

const link = decodeURIComponent(location.pathname.split('/')[2] ?? '');

/** The customer's own page: her code, which renews itself, and what she built. */
async function open(): Promise<void> {
  show(make('main', { class: 'phone', 'aria-busy': true }, make('p', { class: 'soft waiting' }, t('phone.loading'))));
  try {
    const { page } = await ask(CustomerPageDocument, { link });
    if (!page) return sorry(t('phone.unknownTitle'), t('phone.unknownWords'));
    const kept = keptCard();
    await (kept ? withCard(page, kept) : withPass(page, t('phone.member')));
  } catch (error) {
    sorry(t('phone.cannotOpen'), t(error instanceof Unreachable ? 'phone.noNetwork' : 'phone.fault'), true);
  }
}

/** A phone that keeps no card of a member shows the code of this configuration. */
async function withPass(page: Page, words: string): Promise<void> {
  const pass = new PassCard(link, page.configuration.code);
  const note = make('p', { class: 'soft small', role: 'status' }, words);
  show(make('main', { class: 'phone' }, make('h1', {}, page.greeting), pass.element, note, Car(page.configuration)));
  await pass.start();
}

/** A phone that keeps her card shows its code, which says who she is; the code of this configuration is at hand. */
async function withCard(page: Page, token: string): Promise<void> {
  const card = new MemberCard(token, {
    gone: () => void without(t('wallet.gone')),
    forgotten: () => void without(t('phone.member')),
  });
  const pass = new PassCard(link, page.configuration.code);
  const without = (words: string): Promise<void> => {
    card.stop();
    pass.stop();
    return withPass(page, words);
  };
  const other = make('details', { class: 'other' }, make('summary', {}, t('phone.onlyThis')), pass.element);
  other.addEventListener('toggle', () => void pass.start(), { once: true });
  const parts = [make('h1', {}, page.greeting), card.element, Car(page.configuration), other];
  show(make('main', { class: 'phone' }, ...parts));
  await card.start();
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
