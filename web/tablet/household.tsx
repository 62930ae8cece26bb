import { Link } from '@tanstack/react-router';
import { IconUsersGroup } from '@tabler/icons-react';
import { t } from '../shared/words.js';
import type { ContextSeenFragment } from './graphql/graphql.js';

/** Who of her household is in the store too, each leading to his or her own visit. */
export function Household({ members }: { members: ContextSeenFragment['shopsWith'] }) {
  if (members.length === 0) return null;
  return (
    <ul className="household">
      {members.map(({ visitId, name }) => (
        <li key={visitId}>
          <Link to="/visit/$visitId" params={{ visitId }} className="chip">
            <IconUsersGroup size={16} aria-hidden="true" />
            {t('tablet.alike.shopsWith', { name: name ?? t('tablet.somebody') })}
          </Link>
        </li>
      ))}
    </ul>
  );
}
