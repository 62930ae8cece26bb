import { Link } from '@tanstack/react-router';
import { IconStarFilled, IconUsers } from '@tabler/icons-react';
import { memo } from 'react';
import { t } from '../shared/words.js';
import { boardName, type Visit } from './board.rules.js';
import { Certainty } from './certainty.js';
import { TakeVisitDocument } from './graphql/graphql.js';
import { useStep, useTablet } from './tablet-context.js';
import { WaitRing } from './wait-ring.js';

/** One visitor who waits: how long, who, for what, and the button that ends the wait. */
export const WaitingCard = memo(function WaitingCard({ visit, now }: { visit: Visit; now: number }) {
  const { viewer } = useTablet();
  const step = useStep();
  const name = boardName(visit);
  const own = viewer.associate && visit.context?.customer?.ownAssociate?.id === viewer.associate.id;
  const [first] = visit.context?.configurations ?? [];

  return (
    <li className="waiting-card">
      <Link to="/visit/$visitId" params={{ visitId: visit.id }} className="waiting-link">
        <WaitRing visit={visit} now={now} />
        <span className="waiting-who">
          <span className="waiting-name">
            {name ?? t('tablet.somebody')}
            {own && (
              <span className="chip own">
                <IconStarFilled size={14} aria-hidden="true" />
                {t('tablet.yours')}
              </span>
            )}
          </span>
          <span className="waiting-facts">
            <Certainty visit={visit} />
            {visit.partySize > 1 && (
              <span className="chip">
                <IconUsers size={16} aria-hidden="true" />
                {visit.partySize}
                <span className="seen-by-readers-only">{t('tablet.people')}</span>
              </span>
            )}
            {visit.purpose && (
              <span className="chip" data-purpose={visit.purpose}>
                {t(`tablet.purpose.${visit.purpose}`)}
              </span>
            )}
            {first && <span className="waiting-model">{first.modelLabel ?? first.model}</span>}
          </span>
        </span>
      </Link>
      <button
        className="button quiet"
        onClick={() => void step(TakeVisitDocument, { visitId: visit.id }, (result) => result.takeVisit)}
      >
        {t('tablet.take')}
      </button>
    </li>
  );
});
