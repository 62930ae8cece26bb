import { useCallback, useEffect, useState, type FormEvent } from 'react';
import { Lifetime } from '../phone/lifetime.js';
import { Unreachable } from '../shared/ask.js';
import { Dialog } from '../shared/dialog.js';
import { keyByInput } from '../shared/ids.js';
import { inTab } from '../shared/kept.js';
import { learnTime, now } from '../shared/time.js';
import { t } from '../shared/words.js';
import { currency, labelOf, optionsOf, pictureOf, type Car, type Choice, type Chosen, type Group } from './cars.js';
import { connect } from './connection.js';
import { Refused, seeItInTheStore, type Saved } from './foyer.js';

export interface Built {
  car: Car;
  chosen: Chosen;
  abandoned: { group: Group; choice: Choice }[];
  sessionId: string;
  price: number;
  /** Where it can be built on. */
  address: string;
}

/** What is shown once it is saved, and how long its pass lasts. */
interface Shown extends Saved {
  readonly life: Lifetime;
}

/** "See it in the store": who she is, if she likes to say so, then the code to show at the door. */
export function PassDialog({ built, close }: { built: Built; close: () => void }) {
  const [saved, setSaved] = useState<Shown | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [email, setEmail] = useState(() => inTab.get('halden.email') ?? '');
  const [firstName, setFirstName] = useState(() => inTab.get('halden.name') ?? '');
  const [keyOf] = useState(keyByInput);

  const save = useCallback(
    async (who: Who) => {
      setBusy(true);
      setTrouble(null);
      try {
        setSaved(await send(built, who, keyOf));
      } catch (error) {
        setTrouble(wordsFor(error));
      } finally {
        setBusy(false);
      }
    },
    [built, keyOf],
  );

  const who = { email: email.trim(), firstName: firstName.trim() };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    inTab.set('halden.email', email);
    inTab.set('halden.name', firstName);
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

function ShownPass({ saved, again }: { saved: Shown; again: () => void }) {
  const stale = useStale(saved.life);
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

/** Looked at every second: a timer stands still while the device sleeps. */
function useStale(life: Lifetime): boolean {
  const [stale, setStale] = useState(false);
  useEffect(() => {
    const look = () => setStale(life.left <= 0);
    look();
    const timer = setInterval(look, 1_000);
    return () => clearInterval(timer);
  }, [life]);
  return stale;
}

/** A refusal speaks for itself; what a machine says of itself helps nobody here. */
function wordsFor(error: unknown): string {
  if (error instanceof Refused) return error.message;
  if (error instanceof NoKey) return t('shop.notSet');
  // `fetch` fails with a TypeError when there is no network.
  return t(error instanceof Unreachable || error instanceof TypeError ? 'shop.away' : 'shop.fault');
}

class NoKey extends Error {}

interface Who {
  email: string;
  firstName: string;
}

async function send(built: Built, { email, firstName }: Who, keyOf: (input: object) => string): Promise<Shown> {
  const { car, chosen, abandoned, sessionId, price, address } = built;
  const shop = await connect();
  if (!shop) throw new NoKey();
  if (email || firstName) void shop.analytics.identify({ ...(email && { email }), ...(firstName && { firstName }) });
  const device = await shop.analytics.then(
    ([sdk]) => sdk.user().anonymousId(),
    () => null,
  );
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
    url: `${location.origin}/shop${address}`,
  };
  const saved = await seeItInTheStore(shop.foyer, { ...input, idempotencyKey: keyOf(input) });
  learnTime(saved.at);
  return { ...saved, life: new Lifetime(Date.parse(saved.pass.expiresAt) - now()) };
}
