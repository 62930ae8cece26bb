import { useState } from 'react';
import { t } from '../shared/words.js';
import type { Visit } from './board.rules.js';
import { SettlePossibleMatchDocument, type ContextSeenFragment } from './graphql/graphql.js';
import { useStep, useTablet } from './tablet-context.js';

type Match = ContextSeenFragment['possibleMatches'][number];

/** "May be the same customer": whom else she may be, why, and what she says when asked. Nothing of the other is shown. */
export function Alike({ visit }: { visit: Visit }) {
  const matches = visit.context?.possibleMatches ?? [];
  if (matches.length === 0) return null;
  return (
    <section className="alike" aria-labelledby="alike">
      <h2 id="alike" className="section-name">
        {t('tablet.alike.label')}
      </h2>
      <p className="soft small">{t('tablet.alike.hint')}</p>
      <ul>
        {matches.map((match) => (
          <Offer key={match.id} visitId={visit.id} match={match} />
        ))}
      </ul>
    </section>
  );
}

function Offer({ visitId, match }: { visitId: string; match: Match }) {
  const { say } = useTablet();
  const step = useStep();
  const [busy, setBusy] = useState(false);
  const settle = async (isSame: boolean): Promise<void> => {
    setBusy(true);
    const variables = { visitId, matchId: match.id, isSame };
    const settled = await step(SettlePossibleMatchDocument, variables, (result) => result.settlePossibleMatch);
    if (settled) say(t(isSame ? 'tablet.alike.joined' : 'tablet.alike.kept'));
    else setBusy(false);
  };
  const department = t(`review.department.${match.department}`, { defaultValue: match.department });
  return (
    <li>
      <p className="alike-who">
        <b>{t('tablet.alike.ask', { name: match.maskedName })}</b>{' '}
        <span className="soft">{t('tablet.alike.from', { department })}</span>
      </p>
      <ul className="alike-reasons">
        {match.reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      <div className="alike-deeds">
        <button className="button quiet" disabled={busy} onClick={() => void settle(true)}>
          {t('tablet.alike.yes')}
        </button>
        <button className="button quiet" disabled={busy} onClick={() => void settle(false)}>
          {t('tablet.alike.no')}
        </button>
      </div>
    </li>
  );
}
