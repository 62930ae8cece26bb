import { createContext, useContext, useState, type ReactNode } from 'react';
import { t } from '../shared/words.js';
import type { Visit } from './board.rules.js';
import { EndDialog } from './end-dialog.js';
import { useBoard } from './tablet-context.js';
import { VisitFacts } from './visit-facts.js';
import { WaitRing } from './wait-ring.js';

/** One who waits, as a tablet shows her on which nobody has a shift: how long and for what, not who. */
export function NamelessCard({ visit, now }: { visit: Visit; now: number }) {
  return (
    <li className="waiting-card">
      <div className="waiting-link">
        <WaitRing visit={visit} now={now} />
        <span className="waiting-who">
          <span className="waiting-name">{t('tablet.somebody')}</span>
          <span className="waiting-facts">
            <VisitFacts visit={visit} />
          </span>
        </span>
      </div>
      <EndButton visit={visit} />
    </li>
  );
}

/** One who is served or expected, without a name. */
export function NamelessRow({ visit, note }: { visit: Visit; note: ReactNode }) {
  return (
    <li className="row plain">
      <span className="row-name">{note}</span>
      {visit.state !== 'EXPECTED' && <EndButton visit={visit} />}
    </li>
  );
}

const BidFarewell = createContext<(visit: Visit) => void>(() => undefined);

/** Where nobody is shown by name the farewell is bidden from the list; it stays open when a colleague ends the visit meanwhile. */
export function Farewells({ children }: { children: ReactNode }) {
  const [parting, setParting] = useState<Visit | null>(null);
  const { visits } = useBoard();
  const visit = parting && (visits.get(parting.id) ?? { ...parting, state: 'COMPLETED' as const });
  return (
    <BidFarewell value={setParting}>
      {children}
      {visit && <EndDialog visit={visit} close={() => setParting(null)} />}
    </BidFarewell>
  );
}

function EndButton({ visit }: { visit: Visit }) {
  const bidFarewell = useContext(BidFarewell);
  return (
    <button className="button quiet" onClick={() => bidFarewell(visit)}>
      {t('tablet.end')}
    </button>
  );
}
