import { Link } from '@tanstack/react-router';
import { IconStarFilled } from '@tabler/icons-react';
import { memo } from 'react';
import { t } from '../shared/words.js';
import { boardName, isOwnOf, type Visit } from './board.rules.js';
import { TakeVisitDocument } from './graphql/graphql.js';
import { useStep, useTablet } from './tablet-context.js';
import { VisitFacts } from './visit-facts.js';
import { WaitRing } from './wait-ring.js';

/** One visitor who waits: how long, who, for what, and the button that ends the wait. */
export const WaitingCard = memo(function WaitingCard({ visit, now }: { visit: Visit; now: number }) {
  const { viewer } = useTablet();
  const step = useStep();
  const name = boardName(visit);
  const [first] = visit.context?.configurations ?? [];

  return (
    <li className="waiting-card">
      <Link to="/visit/$visitId" params={{ visitId: visit.id }} className="waiting-link">
        <WaitRing visit={visit} now={now} />
        <span className="waiting-who">
          <span className="waiting-name">
            {name ?? t('tablet.somebody')}
            {isOwnOf(viewer.associate, visit) && (
              <span className="chip own">
                <IconStarFilled size={14} aria-hidden="true" />
                {t('tablet.yours')}
              </span>
            )}
          </span>
          <span className="waiting-facts">
            <VisitFacts visit={visit} />
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
