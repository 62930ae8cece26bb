import { useEffect, useRef, useState } from 'react';
import { money } from '../shared/format.js';
import { t } from '../shared/words.js';
import { addressOf, type Opened } from './address.js';
import {
  choose,
  currency,
  groups,
  labelOf,
  optionsOf,
  pictureOf,
  priceOf,
  type Choice,
  type Chosen,
  type Group,
} from './cars.js';
import { tell } from './connection.js';
import { PassDialog } from './pass-dialog.js';

const euros = (price: number) => money({ amountMinor: price * 100, currency });

/** One car being built: its picture, every option, and the price as it changes. */
export function Configurator({ opened }: { opened: Opened }) {
  const { car, sessionId } = opened;
  const [chosen, setChosen] = useState(opened.chosen);
  const [abandoned, setAbandoned] = useState<{ group: Group; choice: Choice }[]>([]);
  const [showing, setShowing] = useState(false);
  const price = priceOf(car, chosen);
  const address = addressOf({ car, chosen, sessionId });
  useEffect(() => history.replaceState(null, '', address), [address]);
  useStarted(opened);

  const pick = (group: Group, choice: Choice) => {
    const next = choose(chosen, group, choice.code);
    const isOut = ({ choice: each }: { choice: Choice }) => !optionsOf(next).some((kept) => kept.choice === each);
    const removed = optionsOf(chosen).filter(isOut);
    setChosen(next);
    setAbandoned((before) => [...before, ...removed].filter((each) => each.choice.price > 0 && isOut(each)));
    tell(removed.some((each) => each.choice === choice) ? 'Option Removed' : 'Option Selected', {
      configuration_id: sessionId,
      model: car.code,
      option_group: group.code,
      option_code: choice.code,
      option_label: labelOf(group, choice),
      price: choice.price,
      currency,
    });
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
      {showing && (
        <PassDialog built={{ car, chosen, abandoned, sessionId, price, address }} close={() => setShowing(false)} />
      )}
    </main>
  );
}

function words(chosen: Chosen): string {
  return optionsOf(chosen)
    .map(({ group, choice }) => labelOf(group, choice))
    .join(', ');
}

function useStarted({ car, sessionId, isNew }: Opened): void {
  const said = useRef(!isNew);
  useEffect(() => {
    if (said.current) return;
    said.current = true;
    tell('Configuration Started', {
      configuration_id: sessionId,
      model: car.code,
      model_label: car.label,
      currency,
    });
  }, [car, sessionId]);
}
