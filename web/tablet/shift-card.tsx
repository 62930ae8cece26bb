import { IconBackspace } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { t } from '../shared/words.js';
import type { Access, Colleague } from './access.js';
import { WhyNot } from './why-not.js';

const SHORTEST_PIN = 4;
const LONGEST_PIN = 8;
const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

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
  const [pin, setPin] = useState('');
  const [trouble, setTrouble] = useState<string | null>(null);

  const pinLine = useRef<HTMLParagraphElement>(null);
  // The button that was pressed is gone; digits typed on a keyboard belong here.
  useEffect(() => {
    if (who) pinLine.current?.focus();
  }, [who]);

  const open = async () => {
    if (!who || pin.length < SHORTEST_PIN) return;
    setPin('');
    await access.openShift(who.id, pin).catch((error: unknown) => setTrouble((error as Error).message));
  };
  const startOver = () => {
    setWho(null);
    setPin('');
    setTrouble(null);
  };
  const press = (digit: string) => {
    setTrouble(null);
    setPin((given) => (given.length < LONGEST_PIN ? given + digit : given));
  };

  return (
    <aside
      className="shift-side"
      aria-labelledby="shift"
      onKeyDown={(event) => {
        if (/^\d$/.test(event.key)) press(event.key);
        if (event.key === 'Backspace') setPin(pin.slice(0, -1));
        if (event.key === 'Enter' && event.target === pinLine.current) void open();
      }}
    >
      <div className="card-of-words shift">
        <h2 id="shift">{who ? t('tablet.shift.pinOf', { name: who.displayName }) : t('tablet.shift.title')}</h2>
        <WhyNot text={trouble} />
        {!who && (
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
        {who && (
          <>
            <p
              className="pin"
              ref={pinLine}
              tabIndex={-1}
              role="status"
              aria-label={t('tablet.shift.digits', { count: pin.length })}
            >
              {'•'.repeat(pin.length) || ' '}
            </p>
            <div className="pad">
              {KEYS.map((digit) => (
                <button key={digit} onClick={() => press(digit)}>
                  {digit}
                </button>
              ))}
              <button className="pad-word" onClick={startOver}>
                {t('tablet.shift.other')}
              </button>
              <button onClick={() => press('0')}>0</button>
              <button
                className="pad-word"
                onClick={() => setPin(pin.slice(0, -1))}
                aria-label={t('tablet.shift.erase')}
              >
                <IconBackspace aria-hidden="true" />
              </button>
            </div>
            <button className="button wide large" disabled={pin.length < SHORTEST_PIN} onClick={() => void open()}>
              {t('tablet.shift.open')}
            </button>
          </>
        )}
      </div>
    </aside>
  );
}
