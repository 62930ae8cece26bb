import { useEffect, useRef, useState } from 'react';
import { t } from '../shared/words.js';
import { look, type CameraTrouble, type Looking } from './scanner.js';

/** After so many milliseconds without a code it helps to say what to do. */
const LONG = 6_000;

/** The camera's picture with a frame to hold the code into, or a sentence that helps when there is no picture. */
export function ScanView({ found }: { found: (code: string) => Promise<void> }) {
  const video = useRef<HTMLVideoElement>(null);
  const [trouble, setTrouble] = useState<CameraTrouble | null>(null);
  const [on, setOn] = useState(false);
  const [long, setLong] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const tell = useRef(found);
  useEffect(() => {
    tell.current = found;
  });

  useEffect(() => {
    if (!on) return undefined;
    const timer = setTimeout(() => setLong(true), LONG);
    return () => clearTimeout(timer);
  }, [on]);

  useEffect(() => {
    let alive = true;
    let looking: Looking | undefined;
    look(video.current as HTMLVideoElement, (code) => tell.current(code), setTrouble)
      .then((started) => {
        looking = started;
        if (!alive) started.stop();
        else setOn(true);
      })
      .catch((error: unknown) => {
        if (alive) setTrouble((error as { trouble?: CameraTrouble }).trouble ?? 'busy');
      });
    return () => {
      alive = false;
      looking?.stop();
    };
  }, [attempt]);

  useEffect(() => {
    if (!trouble) return undefined;
    const tryAgain = () => {
      if (document.visibilityState !== 'visible') return;
      setTrouble(null);
      setOn(false);
      setLong(false);
      setAttempt((last) => last + 1);
    };
    document.addEventListener('visibilitychange', tryAgain);
    return () => document.removeEventListener('visibilitychange', tryAgain);
  }, [trouble]);

  return (
    <div className="scan" data-on={on}>
      <video ref={video} muted playsInline aria-label={t('tablet.camera.label')} />
      {!trouble && <div className="scan-frame" aria-hidden="true" />}
      {!trouble && (
        <p className="scan-hint" role="status">
          {t(`tablet.camera.${!on ? 'starting' : long ? 'long' : 'hint'}`)}
        </p>
      )}
      {trouble && (
        <p className="scan-trouble" role="alert">
          {t(`tablet.camera.${trouble}`)}
        </p>
      )}
    </div>
  );
}
