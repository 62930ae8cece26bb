import { useRef, useState, type FormEvent } from 'react';
import { Unreachable, ask } from '../shared/ask.js';
import { typedIn } from '../shared/form.js';
import { t } from '../shared/words.js';
import { LookUpDocument, type LookUpQuery } from './graphql/graphql.js';
import { statedBy, type Stated } from './stated.rules.js';
import { useTablet } from './tablet-context.js';
import { WhyNot } from './why-not.js';

type Candidates = LookUpQuery['lookUp'];
type Chosen = Candidates[number];

/** A stated name, phone or mail address and birth date, and whom they may be: masked, with the reason. */
export function LookUp({ arrive, busy }: { arrive: (stated: Stated, chosen?: Chosen) => void; busy: boolean }) {
  const { access, store } = useTablet();
  const [found, setFound] = useState<Candidates | null>(null);
  const [stated, setStated] = useState<Stated | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [searching, setSearching] = useState(false);
  /** Counts the questions: an answer to an earlier one must not stand under what is asked now. */
  const question = useRef(0);

  const beginAnew = () => {
    question.current += 1;
    setSearching(false);
    setStated(null);
    setFound(null);
    setTrouble(null);
  };

  const search = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const said = statedBy(typedIn(form, 'stated'), typedIn(form, 'reach'));
    beginAnew();
    if (typeof said === 'string') return setTrouble(t(`tablet.lookUp.${said}`));
    if (Object.keys(said).length === 0) return;
    setStated(said);
    setSearching(true);
    const asked = question.current;
    const isStillAsked = () => asked === question.current;
    try {
      const variables = {
        storeId: store.id,
        name: said.statedName ?? null,
        identifier: said.identifiers?.[0] ?? null,
        birthDate: typedIn(form, 'birthDate') || null,
      };
      const { lookUp } = await ask(LookUpDocument, variables, { token: await access.token() });
      if (isStillAsked()) setFound(lookUp);
    } catch (error) {
      const why = error instanceof Unreachable ? t('tablet.lookUp.offline') : (error as Error).message;
      if (isStillAsked()) setTrouble(why);
    } finally {
      if (isStillAsked()) setSearching(false);
    }
  };

  return (
    <div className="look-up">
      <form className="stack" aria-busy={searching} onChange={beginAnew} onSubmit={(event) => void search(event)}>
        <label className="field">
          <span>{t('tablet.lookUp.label')}</span>
          <input name="stated" autoComplete="off" autoFocus spellCheck={false} />
          <small>{t('tablet.lookUp.hint')}</small>
        </label>
        <div className="two">
          <label className="field">
            <span>{t('tablet.lookUp.reach')}</span>
            <input name="reach" autoComplete="off" spellCheck={false} />
          </label>
          <label className="field">
            <span>{t('tablet.lookUp.birthDate')}</span>
            <input name="birthDate" autoComplete="off" spellCheck={false} />
          </label>
        </div>
        <button className="button" disabled={searching}>
          {t(searching ? 'tablet.lookUp.searching' : 'tablet.lookUp.search')}
        </button>
      </form>
      <WhyNot text={trouble} />
      {stated && (found || trouble) && (
        <ul className="candidates" aria-label={t('tablet.lookUp.results')}>
          {found?.map((candidate) => (
            <li key={candidate.id}>
              <button className="candidate" disabled={busy} onClick={() => arrive(stated, candidate)}>
                <b>{candidate.maskedName}</b>
                <span className="soft small">{candidate.explanation}</span>
              </button>
            </li>
          ))}
          <li>
            <button className="candidate" disabled={busy} onClick={() => arrive(stated)}>
              <b>{t(found?.length ? 'tablet.lookUp.noneOfThem' : 'tablet.lookUp.nobody')}</b>
              <span className="soft small">{t('tablet.lookUp.checkInAsStated')}</span>
            </button>
          </li>
        </ul>
      )}
    </div>
  );
}
