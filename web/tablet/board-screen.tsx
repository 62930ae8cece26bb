import { IconUserPlus } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { t } from '../shared/words.js';
import { Appointment, BoardRow, servedBy } from './board-row.js';
import { expected, served, waiting, type Visit } from './board.rules.js';
import { CheckInDialog } from './check-in-dialog.js';
import { Farewells, NamelessCard, NamelessRow } from './nameless.js';
import { useBoard, useNow, useTablet } from './tablet-context.js';
import { WaitingCard } from './waiting-card.js';

/** Who is here and who is expected, the longest wait first; without a shift nobody by name. */
export function BoardScreen() {
  return (
    <Farewells>
      <Board />
    </Farewells>
  );
}

function Board() {
  const { visits, connection, asOf } = useBoard();
  const { onShift } = useTablet();
  const [Card, Line] = onShift ? [WaitingCard, BoardRow] : [NamelessCard, NamelessRow];
  const moment = useNow();
  // Whoever comes in while the form covers the board slides in when it is gone: sliding in behind it only makes her wait who is being checked in.
  const [covered, setCovered] = useState<ReadonlyMap<string, Visit> | null>(null);
  const queue = waiting(visits.values()).filter((visit) => !covered || covered.has(visit.id));
  const close = useCallback(() => setCovered(null), []);
  const withUs = served(visits.values());
  const later = expected(visits.values());
  const loading = connection === 'loading' && visits.size === 0;
  const known = asOf !== null && !loading;

  return (
    <main className="board">
      <section className="board-main" aria-labelledby="waiting">
        <div className="board-head">
          <h1 id="waiting">
            {t('tablet.waiting', { count: queue.length })}{' '}
            {queue.length > 0 && <span className="count">{queue.length}</span>}
          </h1>
          <button className="button" onClick={() => setCovered(visits)}>
            <IconUserPlus size={20} aria-hidden="true" />
            {t('tablet.checkIn')}
          </button>
        </div>
        {loading && <Shadows />}
        {!loading && queue.length === 0 && (
          <div className="empty">
            <p className="empty-title">{t(known ? 'tablet.nobodyWaits' : 'tablet.notLoaded')}</p>
            <p className="soft">{t(known ? 'tablet.nobodyWaitsHint' : 'tablet.notLoadedHint')}</p>
          </div>
        )}
        <ul className="queue">
          {queue.map((visit) => (
            <Card key={visit.id} visit={visit} now={moment} />
          ))}
        </ul>
      </section>
      <aside className="board-side">
        <section aria-labelledby="with-us">
          <h2 id="with-us">{t('tablet.withUs')}</h2>
          {withUs.length === 0 && <p className="soft small">{t(known ? 'tablet.nobodyServed' : 'tablet.notLoaded')}</p>}
          <ul className="rows">
            {withUs.map((visit) => (
              <Line key={visit.id} visit={visit} note={servedBy(visit)} />
            ))}
          </ul>
        </section>
        <section aria-labelledby="expected">
          <h2 id="expected">{t('tablet.expected')}</h2>
          {later.length === 0 && (
            <p className="soft small">{t(known ? 'tablet.nobodyExpected' : 'tablet.notLoaded')}</p>
          )}
          <ul className="rows">
            {later.map((visit) => (
              <Line key={visit.id} visit={visit} note={<Appointment visit={visit} now={moment} />} />
            ))}
          </ul>
        </section>
      </aside>
      {covered && <CheckInDialog close={close} />}
    </main>
  );
}

function Shadows() {
  return (
    <ul className="queue" aria-hidden="true">
      {[1, 2, 3].map((each) => (
        <li key={each} className="waiting-card shadow" />
      ))}
    </ul>
  );
}
