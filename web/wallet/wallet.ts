import '../design/base.css';
import '../phone/phone.css';
import { make, show } from '../shared/make.js';
import { applyTheme } from '../shared/theme.js';
import { speak, t } from '../shared/words.js';
import { MemberCard } from './member-card.js';

/** The rotating code of a member whose phone has no wallet: it goes on for a while without a network. */
async function open(): Promise<void> {
  const token = decodeURIComponent(location.pathname.split('/')[2] ?? '');
  const card = new MemberCard(token, { gone: () => sorry() });
  show(make('main', { class: 'phone' }, make('h1', {}, t('wallet.title')), card.element));
  await card.start();
}

function sorry(): void {
  const words = make('p', { class: 'soft' }, t('wallet.unknownWords'));
  show(make('main', { class: 'phone sorry' }, make('h1', {}, t('phone.unknownTitle')), words));
}

applyTheme();
await speak();
await open();
