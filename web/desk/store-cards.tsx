import { useState, type FormEvent } from 'react';
import { Dialog } from '../shared/dialog.js';
import { typedIn } from '../shared/form.js';
import { ago } from '../shared/format.js';
import { now } from '../shared/time.js';
import { t } from '../shared/words.js';
import { desk } from './desk-api.js';
import type { DeskStore } from './store-page.js';
import { Trouble } from './trouble.js';
import { useFirstFocus } from './use-first-focus.js';
import { usePress } from './use-press.js';

type Props = { store: DeskStore; changed: () => Promise<void> };
type Code = { code: string };
type Tablet = DeskStore['tablets'][number];

/** Who works here, and whether she has a PIN. */
export function StaffCard({ store, changed }: Props) {
  const [who, setWho] = useState<DeskStore['staff'][number] | null>(null);
  const close = () => setWho(null);
  return (
    <section className="desk-card" aria-labelledby="staff">
      <h2 id="staff">{t('desk.staff')}</h2>
      {store.staff.length === 0 && <p className="soft">{t('desk.empty')}</p>}
      <ul className="desk-rows">
        {store.staff.map((each) => (
          <li key={each.id}>
            <span>
              <b>{each.displayName}</b>
              <small className="soft">
                {t(`desk.roles.${each.role}`, { defaultValue: each.role })} ·{' '}
                {t(each.pinSet ? 'desk.pinSet' : 'desk.pinNone')}
              </small>
            </span>
            {each.mayChangePin !== false && (
              <button className="button quiet" onClick={() => setWho(each)}>
                {t('desk.setPin')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {who && (
        <OneField
          title={t('desk.newPin', { name: who.displayName })}
          label="PIN"
          hint={t('desk.pinHint')}
          numeric
          close={close}
          give={async (pin) => {
            await desk('POST', 'pin', { staffId: who.id, pin });
            close();
            void changed();
          }}
        />
      )}
    </section>
  );
}

/** What lies here: new tablets get a code, lost ones are signed out and wipe themselves. */
export function TabletsCard({ store, changed }: Props) {
  const [adding, setAdding] = useState(false);
  const [issued, setIssued] = useState<{ code: string; name: string } | null>(null);
  const [lost, setLost] = useState<Tablet | null>(null);
  const { press, trouble, busy } = usePress();
  const show = (name: string, { code }: Code) => {
    setAdding(false);
    setIssued({ code, name });
    void changed();
  };
  const newCode = async ({ id, name }: Tablet) =>
    show(name, await desk<Code>('POST', 'tablets/code', { tabletId: id }));
  return (
    <section className="desk-card" aria-labelledby="tablets">
      <div className="desk-card-head">
        <h2 id="tablets">{t('desk.tablets')}</h2>
        <button className="button quiet" onClick={() => setAdding(true)}>
          {t('desk.addTablet')}
        </button>
      </div>
      <Trouble text={trouble} />
      {store.tablets.length === 0 && <p className="soft">{t('desk.empty')}</p>}
      <ul className="desk-rows">
        {store.tablets.map((each) => (
          <li key={each.id} data-over={each.revoked} tabIndex={-1}>
            <span>
              <b>{each.name}</b>
              <small className="soft">{standing(each)}</small>
            </span>
            {!each.revoked && (
              <span className="desk-buttons">
                <button className="button quiet" aria-disabled={busy} onClick={() => press(() => newCode(each))}>
                  {t('desk.newCode')}
                </button>
                <button className="button quiet" onClick={() => setLost(each)}>
                  {t('desk.lost')}
                </button>
              </span>
            )}
          </li>
        ))}
      </ul>
      {adding && (
        <OneField
          title={t('desk.addTablet')}
          label={t('desk.tabletName')}
          hint={t('desk.tabletHint')}
          close={() => setAdding(false)}
          give={async (name) => show(name, await desk<Code>('POST', 'tablets', { storeId: store.id, name }))}
        />
      )}
      {issued && <CodeSheet {...issued} close={() => setIssued(null)} />}
      {lost && <LoseTablet tablet={lost} close={() => setLost(null)} changed={changed} />}
    </section>
  );
}

/** The code that enrols a tablet; one Enter too many does not close it. */
function CodeSheet({ code, name, close }: { code: string; name: string; close: () => void }) {
  const shown = useFirstFocus<HTMLElement>();
  return (
    <Dialog title={t('desk.codeFor', { name })} close={close}>
      <p>{t('desk.codeOnce')}</p>
      <code ref={shown} tabIndex={-1} className="enrol-code">
        {code}
      </code>
    </Dialog>
  );
}

function LoseTablet(props: { tablet: Tablet; close: () => void; changed: () => Promise<void> }) {
  const { press, trouble, busy } = usePress();
  const signOut = async () => {
    await desk('POST', 'tablets/lost', { tabletId: props.tablet.id });
    // Its buttons are gone before the focus goes back.
    await props.changed();
    props.close();
  };
  return (
    <Dialog title={t('desk.lost')} close={props.close}>
      <p>{t('desk.lostSure', { name: props.tablet.name })}</p>
      <Trouble text={trouble} />
      <button className="button" aria-disabled={busy} onClick={() => press(signOut)}>
        {t('desk.signItOut')}
      </button>
    </Dialog>
  );
}

function standing(tablet: Tablet): string {
  if (tablet.revoked) return t('desk.revoked');
  if (!tablet.enrolled) return t('desk.notEnrolled');
  return t('desk.lastSeen', { when: tablet.seenAt ? ago(tablet.seenAt, now()) : t('desk.never') });
}

function OneField(props: {
  title: string;
  label: string;
  hint: string;
  numeric?: boolean;
  close: () => void;
  give: (text: string) => Promise<void>;
}) {
  const { press, trouble, busy } = usePress();
  const field = useFirstFocus<HTMLInputElement>();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = typedIn(event.currentTarget, 'text');
    press(() => props.give(text));
  };
  return (
    <Dialog title={props.title} close={props.close}>
      <form className="desk-form" onSubmit={submit}>
        <label className="field">
          <span>{props.label}</span>
          <input ref={field} name="text" autoComplete="off" required inputMode={props.numeric ? 'numeric' : 'text'} />
          <small>{props.hint}</small>
        </label>
        <Trouble text={trouble} />
        <button className="button" aria-disabled={busy}>
          {t('desk.save')}
        </button>
      </form>
    </Dialog>
  );
}
