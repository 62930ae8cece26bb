import '../design/base.css';
import '../phone/phone.css';
import { Unreachable, ask } from '../shared/ask.js';
import { make, picture, show } from '../shared/make.js';
import { applyTheme } from '../shared/theme.js';
import { now } from '../shared/time.js';
import { speak, t } from '../shared/words.js';
import { WalletPageDocument, type WalletPageQuery } from './graphql/graphql.js';

type Codes = NonNullable<WalletPageQuery['walletPage']>['codes'];

const RETRY = 4_000;
/** More codes are asked for while this many are left. */
const LEFT = 2;

const token = decodeURIComponent(location.pathname.split('/')[2] ?? '');
const frame = make('div', { class: 'qr', 'data-state': 'loading' });
const note = make('p', { class: 'soft small', role: 'status' }, t('phone.renews'));

/** The rotating code of a member whose phone has no wallet: it goes on for a while without a network. */
async function open(): Promise<void> {
  show(make('main', { class: 'phone', 'aria-busy': true }, make('p', { class: 'soft waiting' }, t('phone.loading'))));
  try {
    const { walletPage } = await ask(WalletPageDocument, { token });
    if (!walletPage) return sorry(t('phone.unknownTitle'), t('wallet.unknownWords'));
    note.textContent = t('wallet.renews', { seconds: walletPage.stepSeconds });
    const card = make(
      'section',
      { class: 'pass', 'aria-label': t('phone.hint') },
      make('h2', {}, t('phone.hint')),
      frame,
      note,
    );
    show(make('main', { class: 'phone' }, make('h1', {}, t('wallet.title')), card));
    turn(walletPage.codes);
  } catch (error) {
    sorry(t('phone.cannotOpen'), t(error instanceof Unreachable ? 'phone.noNetwork' : 'phone.fault'), true);
  }
}

/** Shows the code of this moment, and the next one when its time comes. */
function turn(codes: Codes): void {
  const moment = now();
  const alive = codes.filter((code) => Date.parse(code.until) > moment);
  const [present] = alive;
  if (present) {
    frame.replaceChildren(picture(present.svg, t('phone.qr')));
    frame.dataset['state'] = 'fresh';
  } else frame.dataset['state'] = 'stale';
  const wait = present ? Math.max(500, Date.parse(present.until) - moment) : RETRY;
  if (alive.length > LEFT) setTimeout(() => turn(alive), wait);
  else setTimeout(() => void more(alive), present ? Math.min(wait, RETRY) : wait);
}

async function more(codes: Codes): Promise<void> {
  try {
    const { walletPage } = await ask(WalletPageDocument, { token });
    turn(walletPage?.codes ?? []);
  } catch {
    turn(codes);
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
