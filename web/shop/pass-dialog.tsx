import { useCallback, useEffect, useState, type FormEvent } from 'react';
import { Dialog } from '../shared/dialog.js';
import { now } from '../shared/time.js';
import { keyByInput } from '../shared/ids.js';
import { t } from '../shared/words.js';
import { currency, labelOf, optionsOf, pictureOf, type Car, type Choice, type Chosen, type Group } from './cars.js';
import { connect } from './connection.js';
import { seeItInTheStore, type Saved } from './foyer.js';

export interface Built {
  car: Car;
  chosen: Chosen;
  abandoned: { group: Group; choice: Choice }[];
  sessionId: string;
  price: number;
}

/** "See it in the store": who she is, if she likes to say so, then the code to show at the door. */
export function PassDialog({ built, close }: { built: Built; close: () => void }) {
  const [saved, setSaved] = useState<Saved | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [email, setEmail] = useState(() => sessionStorage.getItem('halden.email') ?? '');
  const [firstName, setFirstName] = useState(() => sessionStorage.getItem('halden.name') ?? '');
  const [keyOf] = useState(keyByInput);

  const save = useCallback(
    async (who: Who) => {
      setBusy(true);
      setTrouble(null);
      try {
        setSaved(await send(built, who, keyOf));
      } catch (error) {
        setTrouble(t('shop.fault', { message: (error as Error).message }));
      } finally {
        setBusy(false);
      }
    },
    [built, keyOf],
  );

  const who = { email: email.trim(), firstName: firstName.trim() };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    sessionStorage.setItem('halden.email', email);
    sessionStorage.setItem('halden.name', firstName);
    void save(who);
  };

  return (
    <Dialog title={t('shop.passTitle')} close={close}>
      {!saved && (
        <form className="who-form" onSubmit={submit}>
          <p>{t('shop.who')}</p>
          <label className="field">
            <span>{t('shop.firstName')}</span>
            <input value={firstName} onChange={(event) => setFirstName(event.target.value)} autoComplete="given-name" />
          </label>
          <label className="field">
            <span>{t('shop.email')}</span>
            <input type="email" value={email} onChange={(event) => setEmail(event.target.value)} autoComplete="email" />
            <small>{t('shop.emailHint')}</small>
          </label>
          <button className="button wide" disabled={busy}>
            {t(busy ? 'shop.saving' : 'shop.getCode')}
          </button>
        </form>
      )}
      {trouble && (
        <p className="shop-trouble" role="alert">
          {trouble}
        </p>
      )}
      {saved && <ShownPass saved={saved} again={() => void save(who)} />}
    </Dialog>
  );
}

function ShownPass({ saved, again }: { saved: Saved; again: () => void }) {
  const stale = useStale(saved.pass.expiresAt);
  return (
    <div className="pass">
      <p>{t('shop.passWords')}</p>
      <div className="qr" data-stale={stale}>
        <img src={`data:image/svg+xml,${encodeURIComponent(saved.pass.svg)}`} alt={t('shop.qr')} />
        {stale && (
          <button className="button" onClick={again}>
            {t('shop.renewAgain')}
          </button>
        )}
      </div>
      <p className="pass-code">
        <span className="soft small">{t('shop.orCode')}</span>
        <code>{saved.configuration.code}</code>
      </p>
      <a className="button quiet wide" href={saved.link} target="_blank" rel="noreferrer">
        {t('shop.keep')}
      </a>
      <p className="soft tiny">{t('shop.expires')}</p>
    </div>
  );
}

function useStale(expiresAt: string): boolean {
  const [stale, setStale] = useState(false);
  useEffect(() => {
    setStale(false);
    const timer = setTimeout(() => setStale(true), Math.max(0, Date.parse(expiresAt) - now()));
    return () => clearTimeout(timer);
  }, [expiresAt]);
  return stale;
}

interface Who {
  email: string;
  firstName: string;
}

async function send(built: Built, { email, firstName }: Who, keyOf: (input: object) => string): Promise<Saved> {
  const { car, chosen, abandoned, sessionId, price } = built;
  const shop = await connect();
  if (!shop) throw new Error(t('shop.notSet'));
  if (email || firstName) void shop.analytics.identify({ ...(email && { email }), ...(firstName && { firstName }) });
  const user = await shop.analytics.user();
  const device = user.anonymousId();
  const option = ({ group, choice }: { group: Group; choice: Choice }) => ({
    group: group.code,
    code: choice.code,
    label: labelOf(group, choice),
    price: { amountMinor: choice.price * 100, currency },
  });
  const input = {
    sessionId,
    identifiers: [
      ...(device ? [{ kind: 'device', value: device }] : []),
      ...(email ? [{ kind: 'email', value: email }] : []),
    ],
    model: car.code,
    modelLabel: car.label,
    options: optionsOf(chosen).map(option),
    abandoned: abandoned.map(option),
    total: { amountMinor: price * 100, currency },
    imageUrl: location.origin + pictureOf(car, chosen),
    url: `${location.origin}/shop#${car.code}`,
  };
  return seeItInTheStore(shop.foyer, { ...input, idempotencyKey: keyOf(input) });
}
