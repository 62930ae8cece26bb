import { useCallback, useEffect, useRef, useState } from 'react';
import { now } from '../shared/time.js';
import { desk } from './desk-api.js';

const EVERY = 15_000;

/** What was read last, when by the server's clock, and why nothing newer could be. */
interface Fresh<Answer> {
  readonly answer: Answer | null;
  readonly asOf: number;
  readonly trouble: string | null;
}

const unread = { answer: null, asOf: 0, trouble: null };

/** Reads something of the desk at once, every 15 seconds, and when the connection comes or goes; nothing while there is no path. */
export function useFresh<Answer>(path: string | null): Fresh<Answer> & { load: () => Promise<void> } {
  const [{ of, ...fresh }, setFresh] = useState<Fresh<Answer> & { of: string | null }>({ of: path, ...unread });
  const asked = useRef(0);
  const load = useCallback(async () => {
    if (!path) return;
    const mine = ++asked.current;
    try {
      const answer = await desk<Answer>('GET', path);
      if (mine === asked.current) setFresh({ of: path, answer, asOf: now(), trouble: null });
    } catch (error) {
      const trouble = (error as Error).message;
      if (mine === asked.current) setFresh((was) => ({ ...(was.of === path ? was : unread), of: path, trouble }));
    }
  }, [path]);
  useEffect(() => {
    const read = () => void load();
    read();
    const timer = setInterval(read, EVERY);
    addEventListener('online', read);
    addEventListener('offline', read);
    return () => {
      clearInterval(timer);
      removeEventListener('online', read);
      removeEventListener('offline', read);
    };
  }, [load]);
  return { ...(of === path ? fresh : unread), load };
}
