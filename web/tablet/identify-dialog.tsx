import { useState, type FormEvent } from 'react';
import { Dialog } from '../shared/dialog.js';
import { typedIn } from '../shared/form.js';
import { freshKey } from '../shared/ids.js';
import { t } from '../shared/words.js';
import type { Visit } from './board.rules.js';
import { IdentifyVisitDocument, type IdentifyVisitInput } from './graphql/graphql.js';
import { ScanView } from './scan-view.js';
import { useStep, useTablet } from './tablet-context.js';
import { WhyNot } from './why-not.js';

type Told = Pick<IdentifyVisitInput, 'code' | 'identifier' | 'givenName' | 'familyName'>;

/** Finds out later who this is: by a code, a card, a phone number, or the name she gives. */
export function IdentifyDialog({ visit, close, words }: { visit: Visit; close: () => void; words?: string }) {
  const [trouble, setTrouble] = useState<string | null>(null);
  const step = useStep(setTrouble);
  const { line } = useTablet();
  const [scanning, setScanning] = useState(false);
  const [busy, setBusy] = useState(false);

  const identify = async (told: Told) => {
    if (busy) return;
    setBusy(true);
    setTrouble(null);
    // That it is not the one we thought must have been heard first.
    await line.send();
    const input = { visitId: visit.id, idempotencyKey: freshKey(), ...told };
    const changed = await step(IdentifyVisitDocument, { input }, (result) => result.identifyVisit);
    setBusy(false);
    if (changed) close();
  };

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const told = toldBy((name) => typedIn(form, name));
    if (told) void identify(told);
  };

  return (
    <Dialog title={t('tablet.identify.title')} close={close}>
      {words && <p className="soft">{words}</p>}
      {scanning ? (
        <ScanView found={(code) => identify({ code })} />
      ) : (
        <button className="button quiet wide" onClick={() => setScanning(true)}>
          {t('tablet.identify.scan')}
        </button>
      )}
      <form className="stack" onSubmit={submit} aria-busy={busy}>
        <label className="field">
          <span>{t('tablet.identify.reach')}</span>
          <input name="reach" autoComplete="off" spellCheck={false} />
          <small>{t('tablet.identify.reachHint')}</small>
        </label>
        <div className="two">
          <label className="field">
            <span>{t('tablet.identify.givenName')}</span>
            <input name="givenName" autoComplete="off" />
          </label>
          <label className="field">
            <span>{t('tablet.identify.familyName')}</span>
            <input name="familyName" autoComplete="off" />
          </label>
        </div>
        <WhyNot text={trouble} />
        <button className="button" disabled={busy}>
          {t('tablet.identify.button')}
        </button>
      </form>
    </Dialog>
  );
}

/** What was filled in, as one way to identify; null when nothing was. */
function toldBy(field: (name: string) => string): Told | null {
  const reach = field('reach');
  const names = {
    ...(field('givenName') ? { givenName: field('givenName') } : {}),
    ...(field('familyName') ? { familyName: field('familyName') } : {}),
  };
  if (reach.includes('@')) return { identifier: { kind: 'email', value: reach }, ...names };
  if (/^[+0][\d\s()/.-]{5,}$/.test(reach)) return { identifier: { kind: 'phone', value: reach }, ...names };
  if (reach) return { code: reach, ...names };
  return Object.keys(names).length > 0 ? names : null;
}
