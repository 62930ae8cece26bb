import { listed } from '../shared/format.js';
import { t } from '../shared/words.js';
import type { ContextSeenFragment } from './graphql/graphql.js';
import { Section } from './section.js';
import { byReason, isOpenMatter, type KeptBack } from './withheld.rules.js';

/** What is not shown, of which kind it is, and why; never what stands in it. */
export function Withheld({ context }: { context: Pick<ContextSeenFragment, 'withheld'> }) {
  const keptBack = byReason(context.withheld.filter((each) => !isOpenMatter(each)));
  if (keptBack.length === 0) return null;
  return (
    <Section name={t('tablet.withheld')}>
      <ul className="facts">
        {keptBack.map((each) => (
          <li key={each.reason}>
            <p className="kinds">{kindsOf(each)}</p>
            <p className="soft small">{each.reason}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** The kinds of things that one reason keeps back, as a list in words. */
export function kindsOf({ fields }: KeptBack): string {
  return listed(fields.map((field) => t(`tablet.kind.${field}`, { defaultValue: field })));
}
