import { IconArrowBackUp, IconArrowLeft, IconArrowRight } from '@tabler/icons-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { t } from '../shared/words.js';
import type { Verdict } from './graphql/graphql.js';
import './review.css';
import { SideBySide } from './side-by-side.js';
import { mostCounted, useReview } from './use-review.js';
import { Waterfall } from './waterfall.js';

const verdicts = [
  { verdict: 'SAME', key: 's' },
  { verdict: 'DIFFERENT', key: 'd' },
  { verdict: 'UNSURE', key: 'n' },
] as const satisfies readonly { verdict: Verdict; key: string }[];

/** Questions of who is who, one at a time: two records side by side, what speaks for one person, and a word to say. */
export function ReviewPage({ mayJudge }: { mayJudge: boolean }) {
  const review = useReview();
  const [note, setNote] = useState('');
  const noteField = useRef<HTMLInputElement>(null);
  const { queue, pair, at, said, trouble, told, busy } = review;

  const judge = (verdict: Verdict): void => {
    if (!mayJudge || busy || !pair) return;
    review.judge(verdict, note);
    setNote('');
  };
  const deeds: Record<string, () => void> = {
    ...Object.fromEntries(verdicts.map(({ verdict, key }) => [key, () => judge(verdict)])),
    u: () => !busy && review.undo(),
    w: () => noteField.current?.focus(),
    arrowright: () => review.move(1),
    arrowleft: () => review.move(-1),
  };
  useKeys(deeds);

  return (
    <main className="review" aria-busy={!queue && !trouble}>
      <header className="review-head">
        <div>
          <h1>{t('review.title')}</h1>
          <p className="soft">{t(mayJudge ? 'review.lead' : 'review.lookOnly')}</p>
        </div>
        <div className="review-tools">
          {queue && (
            <p className="review-progress">
              <b>{queue.waiting >= mostCounted ? `${mostCounted}+` : queue.waiting}</b> {t('review.waiting')}
              {mayJudge && (
                <>
                  {' · '}
                  <b>{said.length}</b> {t('review.judged')}
                </>
              )}
            </p>
          )}
          {mayJudge && (
            <button className="button quiet" onClick={review.undo} disabled={said.length === 0 || busy}>
              <IconArrowBackUp size={20} aria-hidden="true" />
              {t('review.undo')} <Key>U</Key>
            </button>
          )}
        </div>
      </header>
      <p className="seen-by-readers-only" role="status">
        {told}
      </p>
      {trouble && (
        <p className="desk-trouble" role="alert">
          {trouble.text}{' '}
          <button className="desk-again" onClick={trouble.again}>
            {t('tablet.tryAgain')}
          </button>
        </p>
      )}
      {!queue && !trouble && <Shadow />}
      {queue && !pair && <Empty reload={review.reload} />}
      {queue && pair && (
        <>
          <div className="review-body">
            <SideBySide key={pair.id} pair={pair} />
            <Waterfall pair={pair} certainFrom={queue.certainFrom} />
          </div>
          <footer className="review-bar">
            <div className="review-moves">
              <button
                className="tool"
                onClick={() => review.move(-1)}
                disabled={at === 0}
                aria-label={t('review.back')}
              >
                <IconArrowLeft aria-hidden="true" />
              </button>
              <button
                className="tool"
                onClick={() => review.move(1)}
                disabled={at >= queue.pairs.length - 1}
                aria-label={t('review.skip')}
              >
                <IconArrowRight aria-hidden="true" />
              </button>
              <span className="soft tiny review-hint">{t('review.moveHint')}</span>
            </div>
            {mayJudge && (
              <>
                <label className="review-note">
                  <span className="seen-by-readers-only">{t('review.note')}</span>
                  <input
                    ref={noteField}
                    value={note}
                    maxLength={500}
                    autoComplete="off"
                    placeholder={t('review.note')}
                    onChange={(event) => setNote(event.target.value)}
                    onKeyDown={(event) => {
                      if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
                    }}
                  />
                  <Key>W</Key>
                </label>
                <div className="review-verdicts" role="group" aria-label={t('review.question')}>
                  {verdicts.map(({ verdict, key }) => (
                    <button
                      key={verdict}
                      className="button review-verdict"
                      data-verdict={verdict}
                      aria-keyshortcuts={key.toUpperCase()}
                      disabled={busy}
                      onClick={() => judge(verdict)}
                    >
                      {t(`review.verdict.${verdict}`)} <Key>{key.toUpperCase()}</Key>
                    </button>
                  ))}
                </div>
              </>
            )}
          </footer>
        </>
      )}
    </main>
  );
}

function Key({ children }: { children: ReactNode }) {
  return <kbd aria-hidden="true">{children}</kbd>;
}

function Empty({ reload }: { reload: () => void }) {
  return (
    <div className="review-empty">
      <h2>{t('review.nothing')}</h2>
      <p className="soft">{t('review.nothingHint')}</p>
      <button className="button quiet" onClick={reload}>
        {t('review.look')}
      </button>
    </div>
  );
}

/** Where the records will stand, while they are fetched. */
function Shadow() {
  return (
    <div className="review-body" aria-hidden="true">
      <div className="desk-card review-shadow" />
      <div className="desk-card review-shadow" />
    </div>
  );
}

/** Single keys, but not while somebody types or holds a modifier. */
function useKeys(deeds: Record<string, () => void>): void {
  const now = useRef(deeds);
  now.current = deeds;
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const isTyping = event.target instanceof HTMLElement && event.target.closest('input, textarea, select, dialog');
      if (isTyping || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      const deed = now.current[event.key.toLowerCase()];
      if (!deed) return;
      event.preventDefault();
      deed();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}
