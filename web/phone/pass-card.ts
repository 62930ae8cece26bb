import { Unreachable, ask } from '../shared/ask.js';
import { make, picture } from '../shared/make.js';
import { now } from '../shared/time.js';
import { t } from '../shared/words.js';
import { RenewPassDocument } from './graphql/graphql.js';

/** A fresh pass is fetched this long before the shown one expires. */
const BEFORE_END = 10_000;
const RETRY = 4_000;

/** The code to show at the door. It renews itself while the page is looked at, and says so when it cannot. */
export class PassCard {
  readonly element: HTMLElement;
  private readonly frame = make('div', { class: 'qr', 'data-state': 'loading' });
  private readonly note = make('p', { class: 'soft small', role: 'status' });
  private timer: ReturnType<typeof setTimeout> | undefined;
  private expiresAt = 0;

  constructor(
    private readonly link: string,
    code: string,
  ) {
    this.element = make(
      'section',
      { class: 'pass', 'aria-label': t('phone.hint') },
      make('h2', {}, t('phone.hint')),
      this.frame,
      this.note,
      make('p', { class: 'typed' }, make('span', { class: 'soft small' }, t('phone.code')), make('code', {}, code)),
    );
  }

  async start(): Promise<void> {
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden && this.expiresAt - BEFORE_END < now()) void this.renew();
    });
    await this.renew();
  }

  private async renew(): Promise<void> {
    clearTimeout(this.timer);
    if (document.hidden) return;
    try {
      const { renewPass } = await ask(RenewPassDocument, { link: this.link });
      if (renewPass.__typename === 'PassRenewed') return this.shown(renewPass.pass);
      const seconds = renewPass.__typename === 'TooManyAttempts' ? renewPass.retryAfterSeconds : null;
      this.away(
        seconds === null ? renewPass.message : t('phone.tooMany', { count: seconds }),
        seconds === null ? null : seconds * 1000,
      );
    } catch (error) {
      this.away(t(error instanceof Unreachable ? 'phone.offline' : 'phone.fault'), RETRY);
    }
  }

  private shown(pass: { svg: string; expiresAt: string }): void {
    this.expiresAt = Date.parse(pass.expiresAt);
    this.frame.replaceChildren(picture(pass.svg, t('phone.qr')));
    this.frame.dataset['state'] = 'fresh';
    this.note.textContent = t('phone.renews');
    this.timer = setTimeout(() => void this.renew(), Math.max(1_000, this.expiresAt - now() - BEFORE_END));
  }

  private away(words: string, again: number | null): void {
    if (this.expiresAt < now()) this.frame.dataset['state'] = 'stale';
    this.note.textContent = words;
    if (again !== null) this.timer = setTimeout(() => void this.renew(), again);
  }
}
