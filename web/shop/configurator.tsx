import { useEffect, useRef, useState } from 'react';
import { money } from '../shared/format.js';
import { freshKey } from '../shared/ids.js';
import { t } from '../shared/words.js';
import {
  choose,
  currency,
  groups,
  labelOf,
  optionsOf,
  pictureOf,
  priceOf,
  untouched,
  type Car,
  type Choice,
  type Chosen,
  type Group,
} from './cars.js';
import { connect } from './connection.js';
import { PassDialog } from './pass-dialog.js';

const euros = (price: number) => money({ amountMinor: price * 100, currency });

/** One car being built: its picture, every option, and the price as it changes. */
export function Configurator({ car }: { car: Car }) {
  const [sessionId] = useState(freshKey);
  const [chosen, setChosen] = useState<Chosen>(untouched);
  const [abandoned, setAbandoned] = useState<{ group: Group; choice: Choice }[]>([]);
  const [showing, setShowing] = useState(false);
  const price = priceOf(car, chosen);
  useStarted(car, sessionId);

  const pick = (group: Group, choice: Choice) => {
    const next = choose(chosen, group, choice.code);
    const removed = optionsOf(chosen).filter(
      ({ choice: each }) => !optionsOf(next).some((kept) => kept.choice === each),
    );
    setChosen(next);
    setAbandoned((before) => [...before, ...removed].filter(({ choice: each }) => each.price > 0 && each !== choice));
    const taken = removed.some((each) => each.choice === choice);
    void connect().then((shop) =>
      shop?.analytics.track(taken ? 'Option Removed' : 'Option Selected', {
        configuration_id: sessionId,
        model: car.code,
        option_group: group.code,
        option_code: choice.code,
        option_label: labelOf(group, choice),
        price: choice.price,
        currency,
      }),
    );
  };

  return (
    <main className="configurator">
      <div className="stage">
        <img
          src={pictureOf(car, chosen)}
          alt={t('shop.pictureOf', { car: car.label, options: words(chosen) })}
          width="690"
          height="260"
        />
      </div>
      <div className="choose">
        <h1>{car.label}</h1>
        <p className="soft">{t(`shop.lines.${car.code}`)}</p>
        {groups.map((group) => (
          <fieldset key={group.code} className="group">
            <legend>{t(`shop.groups.${group.code}`)}</legend>
            <div className="group-choices" data-group={group.code}>
              {group.choices.map((choice) => (
                <label key={choice.code} className="option">
                  <input
                    type={group.several ? 'checkbox' : 'radio'}
                    name={group.code}
                    checked={chosen[group.code]?.includes(choice.code) ?? false}
                    onChange={() => pick(group, choice)}
                  />
                  {group.code === 'paint' && <span className="swatch" data-paint={choice.code} aria-hidden="true" />}
                  <span className="option-label">{labelOf(group, choice)}</span>
                  <span className="soft small">
                    {choice.price > 0 ? `+ ${euros(choice.price)}` : t('shop.included')}
                  </span>
                </label>
              ))}
            </div>
          </fieldset>
        ))}
      </div>
      <footer className="price-bar">
        <p>
          <span className="soft small">{t('shop.total')}</span>
          <output>{euros(price)}</output>
        </p>
        <button className="button" onClick={() => setShowing(true)}>
          {t('shop.see')}
        </button>
      </footer>
      {showing && <PassDialog built={{ car, chosen, abandoned, sessionId, price }} close={() => setShowing(false)} />}
    </main>
  );
}

function words(chosen: Chosen): string {
  return optionsOf(chosen)
    .map(({ group, choice }) => labelOf(group, choice))
    .join(', ');
}

function useStarted(car: Car, sessionId: string): void {
  const said = useRef(false);
  useEffect(() => {
    if (said.current) return;
    said.current = true;
    void connect().then((shop) =>
      shop?.analytics.track('Configuration Started', {
        configuration_id: sessionId,
        model: car.code,
        model_label: car.label,
        currency,
      }),
    );
  }, [car, sessionId]);
}
