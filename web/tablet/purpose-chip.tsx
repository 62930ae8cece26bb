import { IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { Dialog } from '../shared/dialog.js';
import { t } from '../shared/words.js';
import { PURPOSES, type Visit } from './board.rules.js';
import { Choices } from './choices.js';
import { SetPurposeDocument, type VisitPurpose } from './graphql/graphql.js';
import { useStep } from './tablet-context.js';
import { WhyNot } from './why-not.js';

/** What the visitor came for, to be changed as soon as it turns out: a complaint takes every sales sentence off the screen. */
export function PurposeChip({ visit }: { visit: Visit }) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <button className="chip chip-button" data-purpose={visit.purpose} onClick={() => setAsking(true)}>
        {visit.purpose ? t(`tablet.purpose.${visit.purpose}`) : t('tablet.purpose.ask')}
        <IconPencil size={16} aria-label={t('tablet.purpose.change')} />
      </button>
      {asking && <PurposeDialog visit={visit} close={() => setAsking(false)} />}
    </>
  );
}

function PurposeDialog({ visit, close }: { visit: Visit; close: () => void }) {
  const [trouble, setTrouble] = useState<string | null>(null);
  const step = useStep(setTrouble);
  const choose = async (purpose: VisitPurpose) => {
    setTrouble(null);
    const changed = await step(SetPurposeDocument, { visitId: visit.id, purpose }, (result) => result.setPurpose);
    if (changed) close();
  };
  return (
    <Dialog title={t('tablet.purpose.title')} close={close}>
      <Choices
        label={t('tablet.purpose.hint')}
        values={PURPOSES}
        chosen={visit.purpose}
        choose={(purpose) => void choose(purpose)}
        words={(each) => t(`tablet.purpose.${each}`)}
      />
      <WhyNot text={trouble} />
    </Dialog>
  );
}
