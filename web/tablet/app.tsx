import { RouterProvider } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { Access } from './access.js';
import { EnrolScreen } from './enrol-screen.js';
import { IDLE } from './kept-shift.js';
import { LockedScreen } from './locked-screen.js';
import { Rehearsal } from './rehearsal.js';
import { makeRouter } from './router.js';
import { TabletProvider } from './tablet-context.js';
import { WaitingLine } from './waiting-line.js';

const router = makeRouter();

const WORDS_STAY = 6_000;
/** Milliseconds between two looks at how long nobody has touched it. */
const LOOKS = 1_000;

/** The salesperson's app: enrol, open a shift, then board and visitors. */
export function App({ access }: { access: Access }) {
  const standing = useSyncExternalStore(access.subscribe, access.current);
  const { text, say } = useSpokenWords();
  const [line] = useState(() => new WaitingLine(access));
  const isStranger = standing.is === 'stranger';
  useEffect(() => {
    if (!isStranger) return undefined;
    line.clear();
    return () => line.clear();
  }, [line, isStranger]);
  useIdleLock(access, standing.is === 'open' && !standing.byToken);

  return (
    <>
      {standing.is === 'stranger' && <EnrolScreen access={access} why={standing.why} />}
      {standing.is === 'enrolled' && (
        <LockedScreen access={access} standing={standing} line={line} router={router} say={say} />
      )}
      {standing.is === 'open' && (
        <TabletProvider access={access} line={line} onShift say={say}>
          <RouterProvider router={router} />
          <Rehearsal />
        </TabletProvider>
      )}
      <div className="said" role="status" aria-live="polite" data-empty={!text}>
        {text}
      </div>
    </>
  );
}

function useSpokenWords() {
  const [text, setText] = useState('');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const say = useCallback((words: string) => {
    clearTimeout(timer.current);
    setText(words);
    timer.current = setTimeout(() => setText(''), WORDS_STAY);
  }, []);
  return { text, say };
}

/** Locks when nobody has touched the tablet for three minutes; those it slept through count, though no timer ran in them. */
function useIdleLock(access: Access, armed: boolean): void {
  useEffect(() => {
    if (!armed) return undefined;
    const lockIfIdle = () => {
      // Either way: a clock that was set back must not lengthen it.
      const isIdle = Math.abs(Date.now() - access.lastTouched()) >= IDLE;
      if (isIdle) void access.lock();
      return isIdle;
    };
    const touched = () => {
      if (!lockIfIdle()) void access.noteShift();
    };
    const timer = setInterval(lockIfIdle, LOOKS);
    const touches = ['pointerdown', 'keydown', 'wheel'] as const;
    const wakings = ['visibilitychange', 'focus', 'pageshow'] as const;
    touches.forEach((sign) => window.addEventListener(sign, touched, { passive: true, capture: true }));
    wakings.forEach((sign) => window.addEventListener(sign, lockIfIdle));
    return () => {
      clearInterval(timer);
      touches.forEach((sign) => window.removeEventListener(sign, touched, { capture: true }));
      wakings.forEach((sign) => window.removeEventListener(sign, lockIfIdle));
    };
  }, [access, armed]);
}
