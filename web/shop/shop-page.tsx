import { useEffect, useState } from 'react';
import { money } from '../shared/format.js';
import { t } from '../shared/words.js';
import { readAddress } from './address.js';
import { cars, currency, pictureOf, untouched, type Chosen } from './cars.js';
import { Configurator } from './configurator.js';
import { connect } from './connection.js';

const PAINTS = ['lake', 'rowan', 'pine', 'slate', 'chalk', 'lake'];

/** The demo shop: six cars, and the one that is being built. */
export function Shop() {
  const [opened, setOpened] = useState(() => readAddress(location.hash));
  const car = opened?.car;
  useEffect(() => {
    const connectEarly = () => void connect().catch(() => undefined);
    const moved = () => {
      setOpened(readAddress(location.hash));
      connectEarly();
    };
    connectEarly();
    window.addEventListener('hashchange', moved);
    return () => window.removeEventListener('hashchange', moved);
  }, []);
  useEffect(() => {
    document.title = car ? t('shop.carTitle', { car: car.label }) : t('shop.title');
  }, [car]);
  return (
    <div className="shop">
      <header className="shop-bar">
        <a href="#" className="brand">
          Halden
        </a>
        {opened && (
          <a href="#" className="all-models">
            {t('shop.models')}
          </a>
        )}
      </header>
      {opened ? <Configurator key={opened.sessionId} opened={opened} /> : <Range />}
    </div>
  );
}

function Range() {
  return (
    <main className="range">
      <h1>{t('shop.brandLine')}</h1>
      <ul>
        {cars.map((car, at) => {
          const chosen: Chosen = { ...untouched, paint: [PAINTS[at] ?? 'chalk'], wheels: ['vane'] };
          return (
            <li key={car.code}>
              <a href={`#${car.code}`} className="model">
                <img src={pictureOf(car, chosen)} alt="" width="690" height="260" />
                <strong>{car.label}</strong>
                <span className="soft">{t(`shop.lines.${car.code}`)}</span>
                <span>{t('shop.from', { price: money({ amountMinor: car.price * 100, currency }) })}</span>
              </a>
            </li>
          );
        })}
      </ul>
    </main>
  );
}
