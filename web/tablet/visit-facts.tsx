import { IconUsers } from '@tabler/icons-react';
import { t } from '../shared/words.js';
import type { Visit } from './board.rules.js';
import { Certainty } from './certainty.js';

/** How sure we are, with how many, and what for. */
export function VisitFacts({ visit }: { visit: Visit }) {
  return (
    <>
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
    </>
  );
}
