import { IconLock, IconVolume, IconVolumeOff } from '@tabler/icons-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { InDialogs } from '../shared/dialog.js';
import { ago, clock } from '../shared/format.js';
import { onDevice } from '../shared/kept.js';
import { clockError } from '../shared/time.js';
import { t } from '../shared/words.js';
import { boardName } from './board.rules.js';
import { Preferences } from './preferences.js';
import { useBoard, useNow, useTablet, useWaitingLine } from './tablet-context.js';
import { WaitingDeeds } from './waiting-deeds.js';

const MUTED = 'foyer.muted';
const SPOKEN_FOR = 6_000;
const CLOCK_TROUBLE = 5 * 60_000;

const aloud = <ArrivalAloud />;

/** The bar above every screen: store, time, connection, sound; and what the tablet says on its own. */
export function Frame({ children }: { children: ReactNode }) {
  const { store, viewer, access } = useTablet();
  const board = useBoard();
  const moment = useNow();
  const { muted, toggle } = useArrivalSound();
  const standing = access.current();
  const mayLock = standing.is === 'open' && !standing.byToken;

  return (
    <div className="tablet">
      <header className="bar">
        <p className="bar-store">
          <strong>{store.name}</strong>
          <time>{clock(moment, store.timeZone)}</time>
        </p>
        <ConnectionMark />
        <div className="bar-tools">
          {viewer.associate && <span className="bar-who">{viewer.associate.displayName}</span>}
          <button
            className="tool"
            aria-pressed={muted}
            onClick={toggle}
            aria-label={t(muted ? 'tablet.soundOn' : 'tablet.soundOff')}
          >
            {muted ? <IconVolumeOff /> : <IconVolume />}
          </button>
          <Preferences />
          {mayLock && (
            <button className="tool" onClick={() => void access.lock()} aria-label={t('tablet.lock')}>
              <IconLock />
            </button>
          )}
        </div>
      </header>
      {Math.abs(clockError()) > CLOCK_TROUBLE && <p className="notice">{t('tablet.clockWrong')}</p>}
      {board.fault && (
        <p className="notice late" role="alert">
          {t('tablet.fault', { message: board.fault })}
        </p>
      )}
      <WaitingDeeds />
      <InDialogs value={aloud}>{children}</InDialogs>
      {aloud}
    </div>
  );
}

/** Says to screen readers who came in; silent again soon, and at once when it was somebody else after all. */
function ArrivalAloud() {
  const { lastArrival, visits } = useBoard();
  const id = lastArrival?.id ?? null;
  // A dialog that opens does not say again what was said before it.
  const [said, setSaid] = useState(id);
  useEffect(() => {
    const timer = setTimeout(() => setSaid(id), SPOKEN_FOR);
    return () => clearTimeout(timer);
  }, [id]);
  const visit = id && id !== said ? visits.get(id) : undefined;
  return (
    <p className="seen-by-readers-only" aria-live="polite">
      {visit && <span key={id}>{t('tablet.arrived', { name: boardName(visit) ?? t('tablet.somebody') })}</span>}
    </p>
  );
}

function ConnectionMark() {
  const { access, line } = useTablet();
  const { connection, asOf } = useBoard();
  const moment = useNow();
  const deeds = useWaitingLine();
  useEffect(() => {
    if (connection === 'live') void line.send();
    if (connection === 'signed-out') void access.refused(t('tablet.revoked'));
  }, [connection, line, access, deeds.length]);
  const words = {
    live: t('tablet.live'),
    loading: t('tablet.opening'),
    offline: asOf ? t('tablet.offlineSince', { when: ago(asOf, moment) }) : t('tablet.offline'),
    'signed-out': t('tablet.revoked'),
    failed: t('tablet.failed'),
  }[connection];
  return (
    <p className="connection" data-state={connection}>
      {words}
    </p>
  );
}

function useArrivalSound() {
  const [muted, setMuted] = useState(() => onDevice.get(MUTED) === 'yes');
  const sound = useRef<HTMLAudioElement>(undefined);
  const { lastArrival } = useBoard();
  const heard = useRef(lastArrival);
  useEffect(() => {
    if (!lastArrival || lastArrival === heard.current) return;
    heard.current = lastArrival;
    if (muted) return;
    sound.current ??= new Audio('/arrival.wav');
    void sound.current.play().catch(() => undefined);
  }, [lastArrival, muted]);
  const toggle = () => {
    onDevice.set(MUTED, muted ? 'no' : 'yes');
    setMuted(!muted);
  };
  return { muted, toggle };
}
