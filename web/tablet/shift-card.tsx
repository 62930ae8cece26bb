import { useState } from 'react';
import { t } from '../shared/words.js';
import type { Access, Colleague } from './access.js';
import { PinPad } from './pin-pad.js';
import { WhyNot } from './why-not.js';

/** Begins a shift on a tablet on which nobody has one: choose who you are, give the PIN. */
export function ShiftCard({
  access,
  colleagues,
  trouble: away,
}: {
  access: Access;
  colleagues: Colleague[] | null;
  trouble: 'offline' | 'fault' | undefined;
}) {
  const [who, setWho] = useState<Colleague | null>(null);
  return (
    <aside className="shift-side" aria-labelledby="shift">
      <div className="card-of-words shift">
        <h2 id="shift">{who ? t('tablet.shift.pinOf', { name: who.displayName }) : t('tablet.shift.title')}</h2>
        {who ? (
          <Pin access={access} who={who} startOver={() => setWho(null)} />
        ) : (
          <ul className="colleagues">
            {colleagues?.map((each) => (
              <li key={each.id}>
                <button className="candidate" onClick={() => setWho(each)}>
                  <b>{each.displayName}</b>
                </button>
              </li>
            ))}
            {colleagues?.length === 0 && <li className="soft">{t('tablet.shift.nobody')}</li>}
            {!colleagues && <li className="soft">{t(`tablet.shift.${away ?? 'waiting'}`)}</li>}
          </ul>
        )}
      </div>
    </aside>
  );
}

/** While a PIN is on its way nobody else can take the tablet. */
function Pin({ access, who, startOver }: { access: Access; who: Colleague; startOver: () => void }) {
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const open = async (pin: string) => {
    setBusy(true);
    await access.openShift(who.id, pin).catch((error: unknown) => setTrouble((error as Error).message));
    setBusy(false);
  };
  return (
    <>
      <WhyNot text={trouble} />
      <PinPad busy={busy} typing={() => setTrouble(null)} give={(pin) => void open(pin)} startOver={startOver} />
    </>
  );
}
