import { t } from '../shared/words.js';

/** Why something did not work, read aloud, and how to try it again. */
export function Trouble({ text, again }: { text: string | null; again?: () => void }) {
  if (!text) return null;
  return (
    <p className="desk-trouble" role="alert">
      {text}{' '}
      {again && (
        <button className="desk-again" onClick={again}>
          {t('tablet.tryAgain')}
        </button>
      )}
    </p>
  );
}
