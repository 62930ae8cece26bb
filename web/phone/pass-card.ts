import { ask } from '../shared/ask.js';
import { make } from '../shared/make.js';
import { t } from '../shared/words.js';
import { RenewPassDocument } from './graphql/graphql.js';
import { LiveCode, type Answered } from './live-code.js';

/** A fresh pass is asked for this long before the shown one expires, in milliseconds. */
const early = 10_000;

/** The code of what she built, to show at the door; below it the one that can be said, which lasts. */
export class PassCard {
  readonly element: HTMLElement;
  private readonly code: LiveCode;

  constructor(
    private readonly link: string,
    spoken: string,
  ) {
    const offline = { still: t('phone.offline'), over: t('phone.offline') };
    this.code = new LiveCode({ ask: () => this.renewed(), early, offline });
    this.element = make(
      'section',
      { class: 'pass', 'aria-label': t('phone.hint') },
      make('h2', {}, t('phone.hint')),
      this.code.frame,
      this.code.note,
      make('p', { class: 'typed' }, make('span', { class: 'soft small' }, t('phone.code')), make('code', {}, spoken)),
    );
  }

  start(): Promise<void> {
    return this.code.start();
  }

  stop(): void {
    this.code.stop();
  }

  private async renewed(): Promise<Answered> {
    const { renewPass } = await ask(RenewPassDocument, { link: this.link });
    switch (renewPass.__typename) {
      case 'PassRenewed':
        return { codes: [{ svg: renewPass.pass.svg, until: renewPass.pass.expiresAt }], words: t('phone.renews') };
      case 'TooManyAttempts':
        return tooMany(renewPass.retryAfterSeconds);
      case 'LinkUnknown':
        return { why: renewPass.message, again: null };
    }
  }
}

/** The server asks to come back later. */
export function tooMany(seconds: number): Answered {
  return { why: t('phone.tooMany', { count: seconds }), again: seconds * 1000 };
}
