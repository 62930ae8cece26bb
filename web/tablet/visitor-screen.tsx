import { Link } from '@tanstack/react-router';
import { IconArrowLeft, IconUsers } from '@tabler/icons-react';
import { useDeferredValue, useEffect, useRef, useState, type RefObject } from 'react';
import { Unreachable, ask } from '../shared/ask.js';
import { clock } from '../shared/format.js';
import { t } from '../shared/words.js';
import { Alike } from './alike.js';
import { isOver, nameOf, nameless, type Visit } from './board.rules.js';
import { Certainty } from './certainty.js';
import { VisitDocument } from './graphql/graphql.js';
import { Guidance } from './guidance.js';
import { Headline } from './headline.js';
import { Household } from './household.js';
import type { Connection } from './live-board.js';
import { Product } from './product.js';
import { PurposeChip } from './purpose-chip.js';
import { Relations } from './relations.js';
import { StepBar } from './step-bar.js';
import { useBoard, useNow, useTablet } from './tablet-context.js';
import { WaitRing } from './wait-ring.js';
import { Whom } from './whom.js';

/** Why there is nothing to show. */
type Absence = 'asking' | 'unreachable' | 'gone';

interface LookedUp {
  visit: Visit | null;
  absent: Absence;
}

/** One visitor, read in three seconds: who, what to say, what she built; then everything else. */
export function VisitorScreen({ visitId }: { visitId: string }) {
  const { visits, connection } = useBoard();
  const visit = visits.get(visitId);
  const looked = useLookedUp(visitId, !visit && connection !== 'loading', connection);
  const last = useLast(visit);
  // Whoever writes the farewell goes on while it is found out what became of the visit; of whom it is nothing is shown until then.
  const isAwaited = looked.absent !== 'gone' && last;
  const shown = visit ?? looked.visit ?? (isAwaited ? nameless(last) : null);
  const screen = useRef<HTMLElement>(null);
  usePaintMark(shown, screen);

  return (
    <main className="visitor" ref={screen}>
      <Link to="/" className="back">
        <IconArrowLeft size={20} aria-hidden="true" />
        {t('tablet.board')}
      </Link>
      {shown ? <Visitor visit={shown} /> : <Absent because={looked.absent} />}
    </main>
  );
}

function Visitor({ visit }: { visit: Visit }) {
  const [first, ...others] = visit.context?.configurations ?? [];
  // Who, what to say and what she built are painted first; the rest is drawn while they are being read.
  const isRestDue = useDeferredValue(true, false);
  return (
    <>
      <div className="visitor-page" data-plain={!first}>
        <div className="visitor-lead">
          <Who visit={visit} />
          {visit.warnings.map((warning) => (
            <p key={warning.id} className="notice late" role="alert">
              {warning.text}
            </p>
          ))}
          <Whom visit={visit} />
          <Household members={visit.context?.shopsWith ?? []} />
          <Guidance visit={visit} />
          <Headline sentences={visit.context?.headline ?? []} />
          <Alike visit={visit} />
        </div>
        {first && (
          <div className="visitor-product">
            <Product configuration={first} presented />
          </div>
        )}
        {isRestDue && <Relations visit={visit} otherConfigurations={others} />}
      </div>
      <StepBar visit={visit} />
    </>
  );
}

function Who({ visit }: { visit: Visit }) {
  const moment = useNow();
  const { store } = useTablet();
  const name = nameOf(visit) ?? t('tablet.somebody');
  const customer = visit.context?.customer;
  const called = visit.calledName && visit.calledName !== name ? visit.calledName : null;
  return (
    <header className="who">
      {visit.state === 'WAITING' && <WaitRing visit={visit} now={moment} />}
      <div className="who-words">
        <h1>{name}</h1>
        <p className="who-facts">
          <Certainty visit={visit} />
          {!isOver(visit) && <PurposeChip visit={visit} />}
          {visit.partySize > 1 && (
            <span className="chip">
              <IconUsers size={16} aria-hidden="true" /> {t('tablet.partyOf', { count: visit.partySize })}
            </span>
          )}
          {customer?.loyaltyTier && <span className="chip">{customer.loyaltyTier}</span>}
          {called && <span className="soft">{t('tablet.calledAs', { name: called })}</span>}
          {visit.associate && visit.state !== 'WAITING' && (
            <span className="soft">{t('tablet.servedBy', { who: visit.associate.displayName })}</span>
          )}
          {visit.state === 'EXPECTED' && visit.expectedAt && (
            <span className="soft">{t('tablet.at', { time: clock(visit.expectedAt, store.timeZone) })}</span>
          )}
        </p>
      </div>
    </header>
  );
}

function Absent({ because }: { because: Absence }) {
  return (
    <div className="empty">
      <p className="empty-title">{t(`tablet.absent.${because}`)}</p>
      {because !== 'asking' && <p className="soft">{t(`tablet.absent.${because}Hint`)}</p>}
    </div>
  );
}

/** The visit as it was when it was last on the board. */
function useLast(visit: Visit | undefined): Visit | undefined {
  const [last, setLast] = useState(visit);
  if (visit && visit !== last) setLast(visit);
  return last;
}

/** A visit that is not on the board any more, or not yet; asked for again whenever the connection changes. */
function useLookedUp(visitId: string, wanted: boolean, connection: Connection): LookedUp {
  const { access } = useTablet();
  const [looked, setLooked] = useState<LookedUp>({ visit: null, absent: 'asking' });
  useEffect(() => {
    if (!wanted) return undefined;
    let isLast = true;
    const look = async () => (await ask(VisitDocument, { id: visitId }, { token: await access.token() })).visit;
    look().then(
      (visit) => isLast && setLooked({ visit, absent: 'gone' }),
      (error: unknown) => {
        const absent = error instanceof Unreachable ? 'unreachable' : 'gone';
        if (isLast) setLooked(({ visit }) => ({ visit: absent === 'gone' ? null : visit, absent }));
      },
    );
    return () => {
      isLast = false;
    };
  }, [visitId, wanted, connection, access]);
  return looked;
}

/** Marks the moment the context was first painted, so that scan to screen can be measured; a rehearsal is not painted. */
function usePaintMark(visit: Visit | null, screen: RefObject<HTMLElement | null>): void {
  const ready = !!visit;
  useEffect(() => {
    if (ready && screen.current?.isConnected)
      requestAnimationFrame(() => setTimeout(() => performance.mark('foyer:painted')));
  }, [ready, screen]);
}
