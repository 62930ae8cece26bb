import { useState, type FormEvent } from 'react';
import { Dialog } from '../shared/dialog.js';
import { typedIn } from '../shared/form.js';
import { ago } from '../shared/format.js';
import { now } from '../shared/time.js';
import { t } from '../shared/words.js';
import { desk } from './desk-api.js';
import type { DeskStore } from './store-page.js';

type Props = { store: DeskStore; changed: () => void };
type Code = { code: string };

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
            <button className="button quiet" onClick={() => setWho(each)}>
              {t('desk.setPin')}
            </button>
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
            changed();
            close();
          }}
        />
      )}
    </section>
  );
}

/** Does what was pressed, and keeps why it did not work until the next time. */
function usePress() {
  const [trouble, setTrouble] = useState<string | null>(null);
  const press = (work: () => Promise<void>) => {
    setTrouble(null);
    work().catch((error: unknown) => setTrouble((error as Error).message));
  };
  return { press, trouble };
}

function Trouble({ text }: { text: string | null }) {
  if (!text) return null;
  return (
    <p className="desk-trouble" role="alert">
      {text}
    </p>
  );
}

/** What lies here: new tablets get a code, lost ones are signed out and wipe themselves. */
export function TabletsCard({ store, changed }: Props) {
  const [adding, setAdding] = useState(false);
  const [code, setCode] = useState<string | null>(null);
  const [lost, setLost] = useState<DeskStore['tablets'][number] | null>(null);
  const { press, trouble } = usePress();
  const show = ({ code: issued }: Code) => {
    setAdding(false);
    setCode(issued);
    changed();
  };
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
          <li key={each.id} data-over={each.revoked}>
            <span>
              <b>{each.name}</b>
              <small className="soft">{standing(each)}</small>
            </span>
            {!each.revoked && (
              <span className="desk-buttons">
                <button
                  className="button quiet"
                  onClick={() =>
                    press(async () => show(await desk<Code>('POST', 'tablets/code', { tabletId: each.id })))
                  }
                >
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
          give={async (name) => show(await desk<Code>('POST', 'tablets', { storeId: store.id, name }))}
        />
      )}
      {code && (
        <Dialog title={t('desk.addTablet')} close={() => setCode(null)}>
          <p>{t('desk.codeOnce')}</p>
          <code className="enrol-code">{code}</code>
        </Dialog>
      )}
      {lost && <LoseTablet tablet={lost} close={() => setLost(null)} changed={changed} />}
    </section>
  );
}

function LoseTablet(props: { tablet: DeskStore['tablets'][number]; close: () => void; changed: () => void }) {
  const { press, trouble } = usePress();
  const signOut = async () => {
    await desk('POST', 'tablets/lost', { tabletId: props.tablet.id });
    props.close();
    props.changed();
  };
  return (
    <Dialog title={t('desk.lost')} close={props.close}>
      <p>{t('desk.lostSure', { name: props.tablet.name })}</p>
      <Trouble text={trouble} />
      <button className="button" onClick={() => press(signOut)}>
        {t('desk.signItOut')}
      </button>
    </Dialog>
  );
}

function standing(tablet: DeskStore['tablets'][number]): string {
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
  const { press, trouble } = usePress();
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
          <input name="text" autoComplete="off" autoFocus required inputMode={props.numeric ? 'numeric' : 'text'} />
          <small>{props.hint}</small>
        </label>
        <Trouble text={trouble} />
        <button className="button">{t('desk.save')}</button>
      </form>
    </Dialog>
  );
}
