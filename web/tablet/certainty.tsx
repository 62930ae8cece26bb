import { IconCircleCheckFilled, IconCircleDashed, IconCircleHalf2, IconCircleX } from '@tabler/icons-react';
import { t } from '../shared/words.js';
import type { Visit } from './board.rules.js';

const MARKS = {
  CONFIRMED: IconCircleCheckFilled,
  CLAIMED: IconCircleHalf2,
  ANONYMOUS: IconCircleDashed,
  DISPUTED: IconCircleX,
};

/** How sure we are who this is, as a shape and a word, not by colour alone. */
export function Certainty({ visit }: { visit: Visit }) {
  const { status } = visit.recognition;
  const Mark = MARKS[status];
  return (
    <span className="certainty" data-status={status}>
      <Mark size={18} aria-hidden="true" />
      {t(`tablet.recognition.${status}`)}
    </span>
  );
}
