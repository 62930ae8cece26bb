import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import { Outdated, SignedOut, Unreachable, ask, type Document } from '../shared/ask.js';
import { now } from '../shared/time.js';
import { t } from '../shared/words.js';
import type { Access } from './access.js';
import type { Visit } from './board.rules.js';
import { ViewerDocument, type ViewerQuery } from './graphql/graphql.js';
import { LiveBoard } from './live-board.js';
import { renewApp } from './renew-app.js';
import { open, seal } from './vault.js';
import type { WaitingLine } from './waiting-line.js';
import { dayIn, learnTimeZone } from './working-day.js';

/** Milliseconds between two looks at which day it is. */
const MINUTE = 60_000;
/** Milliseconds until a board that could not be opened is tried again by itself. */
const AGAIN = 5_000;

type Viewer = ViewerQuery['viewer'];
type Store = NonNullable<Viewer['store']>;

/** What every screen of the tablet works with. */
export interface Tablet {
  access: Access;
  viewer: Viewer;
  /** Somebody works with it; else it shows nobody by name, and takes only check-ins and endings. */
  onShift: boolean;
  store: Store;
  board: Pick<LiveBoard, 'subscribe' | 'current' | 'take' | 'checkingIn'>;
  line: WaitingLine;
  /** Says something briefly at the foot of the screen, and aloud to screen readers. */
  say: (text: string) => void;
}

/** Provided by `TabletProvider`. */
export const TabletContext = createContext<Tablet | null>(null);

export function useTablet(): Tablet {
  const tablet = useContext(TabletContext);
  if (!tablet) throw new Error('useTablet outside of TabletProvider.');
  return tablet;
}

/** The board as it is now. */
export function useBoard() {
  const { board } = useTablet();
  return useSyncExternalStore(board.subscribe, board.current);
}

/** What waits to be sent. */
export function useWaitingLine() {
  const { line } = useTablet();
  return useSyncExternalStore(line.subscribe, line.current);
}

/** The server's time, every ten seconds. */
export function useNow(every = 10_000): number {
  const [moment, setMoment] = useState(now);
  useEffect(() => {
    const timer = setInterval(() => setMoment(now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return moment;
}

type Settled =
  { __typename: 'VisitChanged'; visit: Visit } | { __typename: string; message: string; takenBy?: unknown };

/** Carries out one step of a visit and shows its outcome, or says why it was refused; an open dialog says that itself, for it covers the page. */
export function useStep(refuse?: (why: string) => void) {
  const { access, board, say } = useTablet();
  const refused = refuse ?? say;
  return useCallback(
    async <Result, Variables>(
      document: Document<Result, Variables>,
      variables: Variables,
      pick: (result: Result) => Settled,
    ): Promise<Visit | null> => {
      try {
        const settled = pick(await ask(document, variables, { token: await access.token() }));
        if ('visit' in settled) {
          board.take(settled.visit);
          return settled.visit;
        }
        refused(settled.message);
      } catch (error) {
        if (error instanceof Outdated) void renewApp();
        if (error instanceof SignedOut) await access.refused(t('tablet.revoked'));
        else
          refused(
            error instanceof Unreachable
              ? t('tablet.needsNetwork')
              : t('tablet.fault', { message: (error as Error).message }),
          );
      }
      return null;
    },
    [access, board, refused],
  );
}

/** Finds the tablet's store, starts board and waiting line, and provides them to the screens; begins anew with each day of the store. */
export function TabletProvider({
  access,
  line,
  onShift,
  say,
  children,
}: {
  access: Access;
  line: WaitingLine;
  onShift: boolean;
  say: (text: string) => void;
  children: ReactNode;
}) {
  const [tablet, setTablet] = useState<Tablet | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  useNextDay(tablet?.store.timeZone, () => {
    setTablet(null);
    setAttempt((last) => last + 1);
  });

  useEffect(() => {
    let alive = true;
    let again: ReturnType<typeof setTimeout> | undefined;
    let started: LiveBoard | undefined;
    const begin = async () => {
      const viewer = await viewerOf(access, onShift);
      const store = viewer.store;
      if (!store) throw new Error(t('tablet.noStore'));
      await learnTimeZone(store.timeZone);
      const place = { storeId: store.id, timeZone: store.timeZone, reader: onShift ? readerIn(viewer) : null };
      const board = new LiveBoard(place, access.token, line.isDisputed, onShift ? undefined : access.proveAnew);
      await line.restore((at) => dayIn(store.timeZone, at));
      if (!alive) return;
      started = board;
      line.tell(board.take);
      void board.start();
      setTablet({ access, viewer, onShift, store, board, line, say });
    };
    begin().catch((error: unknown) => {
      if (error instanceof SignedOut) void access.refused(t('tablet.revoked'));
      else setTrouble(error instanceof Unreachable ? t('tablet.neverOnline') : (error as Error).message);
      if (alive) again = setTimeout(() => setAttempt(attempt + 1), AGAIN);
    });
    return () => {
      alive = false;
      clearTimeout(again);
      started?.stop();
    };
  }, [access, line, onShift, say, attempt]);

  if (tablet) return <TabletContext value={tablet}>{children}</TabletContext>;
  return (
    <main className="centred" aria-busy={!trouble}>
      {trouble ? (
        <div className="card-of-words">
          <h1>{t('tablet.cannotOpen')}</h1>
          <p className="soft">{trouble}</p>
          <button className="button" onClick={() => (setTrouble(null), setAttempt(attempt + 1))}>
            {t('tablet.tryAgain')}
          </button>
        </div>
      ) : (
        <p className="soft">{t('tablet.opening')}</p>
      )}
    </main>
  );
}

/** Calls back when the store's day has changed, within a minute. */
function useNextDay(timeZone: string | undefined, begin: () => void): void {
  const latest = useRef(begin);
  useEffect(() => {
    latest.current = begin;
  });
  useEffect(() => {
    if (!timeZone) return undefined;
    const day = dayIn(timeZone);
    const timer = setInterval(() => dayIn(timeZone) !== day && latest.current(), MINUTE);
    return () => clearInterval(timer);
  }, [timeZone]);
}

async function viewerOf(access: Access, onShift: boolean): Promise<Viewer> {
  try {
    const { viewer } = await ask(ViewerDocument, {}, { token: await access.token() });
    void seal(onShift ? 'viewer' : 'viewer-nameless', viewer, 'device').catch(() => undefined);
    return viewer;
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    const kept = await open<Viewer>('viewer');
    if (onShift && kept && access.mayBe(kept.associate?.id)) return kept;
    const store = onShift ? undefined : (kept ?? (await open<Viewer>('viewer-nameless')));
    if (store) return { ...store, associate: null, roles: [] };
    throw error;
  }
}

/** Names who reads by what decides on what she may read: who she is, and her roles. */
function readerIn({ associate, roles }: Viewer): string {
  return [associate?.id ?? 'nobody', ...roles].join(' ');
}
