import { Link } from '@tanstack/react-router';
import { IconStarFilled } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { clock } from '../shared/format.js';
import { t } from '../shared/words.js';
import { boardName, isOwnOf, type Visit } from './board.rules.js';
import { useTablet } from './tablet-context.js';
import { PartySize } from './visit-facts.js';

/** Somebody who is served or expected: who, whose customer, how many, and a note. */
export function BoardRow({ visit, note }: { visit: Visit; note: ReactNode }) {
  const { viewer } = useTablet();
  return (
    <li>
      <Link to="/visit/$visitId" params={{ visitId: visit.id }} className="row">
        <span className="row-who">
          <span className="row-name">{boardName(visit) ?? t('tablet.somebody')}</span>
          {isOwnOf(viewer.associate, visit) && (
            <span className="chip own">
              <IconStarFilled size={14} aria-hidden="true" />
              <span className="seen-by-readers-only">{t('tablet.yours')}</span>
            </span>
          )}
          <PartySize visit={visit} />
        </span>
        <span className="row-note">{note}</span>
      </Link>
    </li>
  );
}

/** Who serves, or to whom somebody comes back who is out for a moment. */
export function servedBy(visit: Visit): string {
  const who = visit.associate?.displayName ?? t('tablet.colleague');
  return visit.state === 'AWAY' ? t('tablet.awayFrom', { who }) : t('tablet.servedBy', { who });
}

/** When somebody is expected, and that it is past. */
export function Appointment({ visit, now }: { visit: Visit; now: number }) {
  const { store } = useTablet();
  if (!visit.expectedAt) return null;
  const late = Date.parse(visit.expectedAt) < now;
  return (
    <span data-late={late}>
      {t(late ? 'tablet.lateSince' : 'tablet.at', { time: clock(visit.expectedAt, store.timeZone) })}
    </span>
  );
}
