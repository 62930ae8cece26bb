import { IconCheck, IconHandStop, IconUserQuestion } from '@tabler/icons-react';
import { useState } from 'react';
import { t } from '../shared/words.js';
import { firstName, isOver, nameOf, type Visit } from './board.rules.js';
import { EndDialog } from './end-dialog.js';
import { ConfirmIdentityDocument, TakeVisitDocument } from './graphql/graphql.js';
import { IdentifyDialog } from './identify-dialog.js';
import { useStep } from './tablet-context.js';
import { useDispute } from './use-dispute.js';

/** What covers the screen of a visitor for a while. */
type Covers = 'end' | 'identify' | 'beside';

/** The next steps at the foot, and the dialog that one of them has opened: it stays when a colleague ends the visit meanwhile. */
export function StepBar({ visit }: { visit: Visit }) {
  const [dialog, setDialog] = useState<Covers | null>(null);
  const close = () => setDialog(null);
  return (
    <>
      {isOver(visit) ? (
        <p className="step-bar soft">{t('tablet.over')}</p>
      ) : (
        <Steps visit={visit} openDialog={setDialog} />
      )}
      {dialog === 'end' && <EndDialog visit={visit} close={close} />}
      {dialog === 'identify' && <IdentifyDialog visit={visit} close={close} />}
      {dialog === 'beside' && <IdentifyDialog visit={visit} words={t('tablet.identify.beside')} close={close} />}
    </>
  );
}

/** The next step in large buttons: take it, it is her, not her, somebody else, end. */
function Steps({ visit, openDialog }: { visit: Visit; openDialog: (which: Covers) => void }) {
  const step = useStep();
  const dispute = useDispute(visit);
  const full = nameOf(visit);
  const name = full ? firstName(full) : null;
  const { status, candidates } = visit.recognition;
  const waits = visit.state === 'WAITING';

  return (
    <div className="step-bar" role="toolbar" aria-label={t('tablet.steps')}>
      {waits && (
        <button
          className="button large"
          onClick={() => void step(TakeVisitDocument, { visitId: visit.id }, (result) => result.takeVisit)}
        >
          <IconHandStop size={22} aria-hidden="true" />
          {t('tablet.take')}
        </button>
      )}
      {status === 'CLAIMED' && candidates.length === 0 && (
        <button
          className={waits ? 'button quiet large' : 'button large'}
          onClick={() => void step(ConfirmIdentityDocument, { visitId: visit.id }, (result) => result.confirmIdentity)}
        >
          <IconCheck size={22} aria-hidden="true" />
          {name ? t('tablet.itIs', { name }) : t('tablet.itIsSo')}
        </button>
      )}
      {(status === 'CLAIMED' || status === 'CONFIRMED') && (
        <button className="button quiet large" onClick={dispute}>
          {name ? t('tablet.notHer', { name }) : t('tablet.notThem')}
        </button>
      )}
      {status === 'CLAIMED' && (
        <button
          className="button quiet large"
          onClick={() => {
            dispute();
            openDialog('beside');
          }}
        >
          {name ? t('tablet.withHer', { name }) : t('tablet.withThem')}
        </button>
      )}
      <button
        className="button quiet large"
        onClick={() => {
          if (status === 'CLAIMED' || status === 'CONFIRMED') dispute();
          openDialog('identify');
        }}
      >
        <IconUserQuestion size={22} aria-hidden="true" />
        {t(status === 'ANONYMOUS' ? 'tablet.whoIsIt' : 'tablet.somebodyElse')}
      </button>
      <button
        className={waits || status === 'CLAIMED' ? 'button quiet large last' : 'button large last'}
        onClick={() => openDialog('end')}
      >
        {t('tablet.end')}
      </button>
    </div>
  );
}
