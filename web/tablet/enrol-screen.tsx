import { useState, type FormEvent } from 'react';
import { typedIn } from '../shared/form.js';
import { t } from '../shared/words.js';
import type { Access } from './access.js';
import { WhyNot } from './why-not.js';

/** A tablet nobody knows yet: one field for the code that the manager made. */
export function EnrolScreen({ access, why }: { access: Access; why: string | undefined }) {
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const code = typedIn(event.currentTarget, 'code');
    if (!code) return;
    setBusy(true);
    await access.enrol(code).catch((error: unknown) => setTrouble((error as Error).message));
    setBusy(false);
  };
  return (
    <main className="centred">
      <form className="card-of-words" onSubmit={(event) => void submit(event)}>
        <h1>{t('tablet.enrol.title')}</h1>
        <WhyNot text={why} />
        <p className="soft">{t('tablet.enrol.words')}</p>
        <label className="field">
          <span>{t('tablet.enrol.code')}</span>
          <input name="code" autoComplete="off" autoCapitalize="characters" spellCheck={false} required />
        </label>
        <WhyNot text={trouble} />
        <button className="button wide" disabled={busy}>
          {t('tablet.enrol.button')}
        </button>
      </form>
    </main>
  );
}
