import { t } from '../shared/words.js';
import { disputed, type Visit } from './board.rules.js';
import { ofWhom } from './deed.rules.js';
import { useTablet } from './tablet-context.js';

/** "Not her": everything of hers leaves this screen at once, and the others as soon as the server has heard it. */
export function useDispute(visit: Visit): () => void {
  const { board, line, say } = useTablet();
  const dispute = async () => {
    const added = line.add({ kind: 'dispute', visitId: visit.id, customerId: ofWhom(visit) });
    board.take(disputed(visit));
    await added;
    await line.send();
    if (line.current().some((deed) => deed.kind === 'dispute' && deed.visitId === visit.id && !deed.refused))
      say(t('tablet.deeds.disputeKept'));
  };
  return () => void dispute();
}
