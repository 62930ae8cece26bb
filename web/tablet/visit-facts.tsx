import { IconUsers } from '@tabler/icons-react';
import { t } from '../shared/words.js';
import type { Visit } from './board.rules.js';
import { Certainty } from './certainty.js';

/** How sure we are, with how many, and what for. */
export function VisitFacts({ visit }: { visit: Visit }) {
  return (
    <>
      <Certainty visit={visit} />
      <PartySize visit={visit} />
      {visit.purpose && (
        <span className="chip" data-purpose={visit.purpose}>
          {t(`tablet.purpose.${visit.purpose}`)}
        </span>
      )}
    </>
  );
}

/** How many came together; nothing of somebody who came alone. */
export function PartySize({ visit }: { visit: Visit }) {
  if (visit.partySize < 2) return null;
  return (
    <span className="chip">
      <IconUsers size={16} aria-hidden="true" />
      {visit.partySize}
      <span className="seen-by-readers-only">{t('tablet.people')}</span>
    </span>
  );
}
