import { IconBackspace } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { t } from '../shared/words.js';

const SHORTEST_PIN = 4;
const LONGEST_PIN = 8;
const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

interface Props {
  busy: boolean;
  typing: () => void;
  give: (pin: string) => void;
  startOver: () => void;
}

/** Digits, tapped or typed, until they are given. */
export function PinPad({ busy, typing, give, startOver }: Props) {
  const [pin, setPin] = useState('');
  const line = useRef<HTMLParagraphElement>(null);
  // Whatever was pressed before is gone or cannot be pressed now; digits typed on a keyboard belong here.
  useEffect(() => line.current?.focus(), []);

  const press = (digit: string) => {
    typing();
    setPin((given) => (given.length < LONGEST_PIN ? given + digit : given));
  };
  const erase = () => setPin((given) => given.slice(0, -1));
  const send = () => {
    if (busy || pin.length < SHORTEST_PIN) return;
    setPin('');
    line.current?.focus();
    give(pin);
  };

  return (
    <div
      className="pin-pad"
      aria-busy={busy}
      onKeyDown={(event) => {
        if (/^\d$/.test(event.key)) press(event.key);
        if (event.key === 'Backspace') erase();
        if (event.key === 'Enter' && event.target === line.current) send();
      }}
    >
      <p
        className="pin"
        ref={line}
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
        <button className="pad-word" disabled={busy} onClick={startOver}>
          {t('tablet.shift.other')}
        </button>
        <button onClick={() => press('0')}>0</button>
        <button className="pad-word" onClick={erase} aria-label={t('tablet.shift.erase')}>
          <IconBackspace aria-hidden="true" />
        </button>
      </div>
      <button className="button wide large" disabled={busy || pin.length < SHORTEST_PIN} onClick={send}>
        {t('tablet.shift.open')}
      </button>
    </div>
  );
}
