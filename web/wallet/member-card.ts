import { LiveCode, type Answered } from '../phone/live-code.js';
import { tooMany } from '../phone/pass-card.js';
import { Fault, ask } from '../shared/ask.js';
import { make } from '../shared/make.js';
import { t } from '../shared/words.js';
import { WalletPageDocument } from './graphql/graphql.js';
import { forgetCard, keepCard, keptCard } from './kept-card.js';

/** More codes are asked for when those left last no longer than this, in milliseconds. */
const early = 60_000;

/** What happens to a member's card elsewhere on the page. */
interface Told {
  /** The server knows this card no more. */
  readonly gone: () => void;
  readonly forgotten?: () => void;
}

/** The card of a member: its rotating code, the way into Google Wallet, and whether this phone keeps it. */
export class MemberCard {
  readonly element: HTMLElement;
  private readonly code: LiveCode;
  private readonly save = make('p', { hidden: true });
  private readonly keeping = make('div', { class: 'keeping' });

  constructor(
    private readonly token: string,
    private readonly told: Told,
  ) {
    const offline = { still: t('wallet.offlineStill'), over: t('wallet.offline') };
    this.code = new LiveCode({ ask: () => this.renewed(), early, offline });
    const title = t('wallet.title');
    this.element = make(
      'section',
      { class: 'pass card', 'aria-label': title },
      make('h2', {}, t('phone.hint')),
      this.code.frame,
      this.code.note,
      this.save,
      this.keeping,
    );
    this.offerToKeep();
  }

  start(): Promise<void> {
    return this.code.start();
  }

  stop(): void {
    this.code.stop();
  }

  private async renewed(): Promise<Answered> {
    try {
      const { walletPage } = await ask(WalletPageDocument, { token: this.token });
      if (!walletPage) {
        this.leave();
        return { why: t('wallet.gone'), again: null };
      }
      this.offerToSave(walletPage.saveUrl);
      return { codes: walletPage.codes, words: t('wallet.renews', { seconds: walletPage.stepSeconds }) };
    } catch (error) {
      if (error instanceof Fault && error.retryAfterSeconds) return tooMany(error.retryAfterSeconds);
      throw error;
    }
  }

  private leave(): void {
    this.stop();
    if (keptCard() === this.token) forgetCard();
    this.told.gone();
  }

  private offerToSave(url: string | null): void {
    if (!url || !this.save.hidden) return;
    this.save.append(make('a', { class: 'button wide', href: url }, t('wallet.save')));
    this.save.hidden = false;
  }

  private offerToKeep(note = ''): void {
    const isKept = keptCard() === this.token;
    const button = make('button', { class: 'button quiet wide' }, t(isKept ? 'wallet.forget' : 'wallet.keep'));
    button.addEventListener('click', () => this.keepOrForget(isKept));
    const words = note || t(isKept ? 'wallet.isKept' : 'wallet.keepWords');
    this.keeping.replaceChildren(button, make('p', { class: 'soft small', role: 'status' }, words));
  }

  private keepOrForget(isKept: boolean): void {
    const inFocus = this.keeping.contains(document.activeElement);
    if (isKept) forgetCard();
    const fails = !isKept && !keepCard(this.token);
    this.offerToKeep(fails ? t('wallet.cannotKeep') : '');
    if (inFocus) this.keeping.querySelector('button')?.focus();
    if (isKept) this.told.forgotten?.();
  }
}
