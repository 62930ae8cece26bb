import { day } from '../shared/format.js';
import { t } from '../shared/words.js';
import type { ContextSeenFragment } from './graphql/graphql.js';
import { Section } from './section.js';
import { isOpenMatter } from './withheld.rules.js';

type Props = { context: Pick<ContextSeenFragment, 'openIssues' | 'withheld'>; timeZone: string };

/** What departments have not settled with her; of those that keep it to themselves only whom to ask. */
export function OpenMatters({ context: { openIssues, withheld }, timeZone }: Props) {
  const keptBack = withheld.filter(isOpenMatter);
  const none = openIssues.length + keptBack.length === 0;
  return (
    <Section name={t('tablet.openMatters')} empty={none && t('tablet.nothingOpen')}>
      <ul className="facts">
        {openIssues.map((each) => (
          <li key={each.id}>
            <p>{each.summary}</p>
            <p className="soft small">{t('tablet.since', { when: day(each.openedAt, timeZone) })}</p>
          </li>
        ))}
        {keptBack.map((each) => (
          <li key={each.reason}>{each.reason}</li>
        ))}
      </ul>
    </Section>
  );
}
