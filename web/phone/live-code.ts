import { Unreachable } from '../shared/ask.js';
import { make, picture } from '../shared/make.js';
import { now } from '../shared/time.js';
import { t } from '../shared/words.js';
import { Lifetime } from './lifetime.js';

/** A code and when it ends, by the server's clock. */
export interface Code {
  readonly svg: string;
  readonly until: string;
}

/** What asking came to: codes and the words below them, or why there are none, and the milliseconds after which to ask again. */
export type Answered =
  { readonly codes: readonly Code[]; readonly words: string } | { readonly why: string; readonly again: number | null };

/** How a kind of code is asked for. */
export interface Source {
  readonly ask: () => Promise<Answered>;
  /** Milliseconds before the last code ends in which the next ones are asked for. */
  readonly early: number;
  /** What is said without a connection: while a code can still be shown, and once none can. */
  readonly offline: { readonly still: string; readonly over: string };
}

const soon = 4_000;
const late = 60_000;
const blink = 250;

/** A code that changes: shown as long as it is valid and no longer, renewed in time, and honest when it cannot be. */
export class LiveCode {
  readonly frame = make('div', { class: 'qr', 'data-state': 'loading' });
  readonly note = make('p', { class: 'soft small', role: 'status' });
  private codes: { readonly svg: string; readonly life: Lifetime }[] = [];
  private words = '';
  private why: { readonly still: string; readonly over: string } | undefined;
  private shown: string | undefined;
  private rest: Lifetime | undefined;
  private failures = 0;
  private asking = false;
  private readonly ending = new AbortController();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly source: Source) {}

  async start(): Promise<void> {
    const { signal } = this.ending;
    document.addEventListener('visibilitychange', () => this.turn(), { signal });
    window.addEventListener('online', () => this.reconnected(), { signal });
    await this.renew();
  }

  stop(): void {
    this.ending.abort();
    clearTimeout(this.timer);
  }

  /** Shows what can be shown now, and sees to it that this is done again in time. */
  private turn(): void {
    clearTimeout(this.timer);
    if (this.ending.signal.aborted) return;
    this.codes = this.codes.filter(({ life }) => life.left > 0);
    this.draw();
    if (document.hidden || this.asking) return this.wake(Infinity);
    const wait = this.untilAsked();
    if (wait <= 0) void this.renew();
    else this.wake(wait);
  }

  private wake(wait: number): void {
    const next = Math.min(wait, this.codes[0]?.life.left ?? Infinity);
    if (Number.isFinite(next)) this.timer = setTimeout(() => this.turn(), Math.max(blink, next));
  }

  private untilAsked(): number {
    const due = (this.codes.at(-1)?.life.left ?? 0) - this.source.early;
    return Math.max(due, this.rest?.left ?? 0);
  }

  private async renew(): Promise<void> {
    this.asking = true;
    this.turn();
    try {
      this.learn(await this.source.ask());
    } catch (error) {
      this.why = whyOf(error, this.source);
      this.rest = new Lifetime(this.patience());
    }
    this.asking = false;
    this.turn();
  }

  private learn(answered: Answered): void {
    if (!('codes' in answered)) {
      this.why = { still: answered.why, over: answered.why };
      this.rest = new Lifetime(answered.again ?? Infinity);
      return;
    }
    this.codes = answered.codes.map(({ svg, until }) => ({ svg, life: new Lifetime(Date.parse(until) - now()) }));
    this.words = answered.words;
    this.why = undefined;
    if (this.codes.some(({ life }) => life.left > 0)) this.failures = 0;
    this.rest = new Lifetime(this.patience());
  }

  /** Longer with every time in vain. */
  private patience(): number {
    return Math.min(late, soon * 2 ** this.failures++);
  }

  private reconnected(): void {
    this.failures = 0;
    if (this.rest && Number.isFinite(this.rest.left)) this.rest = undefined;
    this.turn();
  }

  private draw(): void {
    const present = this.codes[0]?.svg;
    const { still, over } = this.why ?? { still: this.words, over: this.words };
    if (present !== this.shown) this.frame.replaceChildren(...(present ? [picture(present, t('phone.qr'))] : []));
    this.shown = present;
    const gone = this.why || this.words ? 'stale' : 'loading';
    this.frame.dataset['state'] = present ? 'fresh' : gone;
    const said = present ? still : over;
    if (this.note.textContent !== said) this.note.textContent = said;
  }
}

function whyOf(error: unknown, { offline }: Source): { still: string; over: string } {
  const trying = t('phone.trying');
  return error instanceof Unreachable ? offline : { still: trying, over: trying };
}
