import { useEffect, useState } from 'react';
import { money } from '../shared/format.js';
import { t } from '../shared/words.js';
import { cars, currency, pictureOf, untouched, type Car, type Chosen } from './cars.js';
import { Configurator } from './configurator.js';
import { connect } from './connection.js';

const PAINTS = ['lake', 'rowan', 'pine', 'slate', 'chalk', 'lake'];

/** The demo shop: six cars, and the one that is being built. */
export function Shop() {
  const [car, setCar] = useState<Car | null>(() => carAt(location.hash));
  useEffect(() => {
    void connect();
    const moved = () => setCar(carAt(location.hash));
    window.addEventListener('hashchange', moved);
    return () => window.removeEventListener('hashchange', moved);
  }, []);
  return (
    <div className="shop">
      <header className="shop-bar">
        <a href="#" className="brand">
          Halden
        </a>
        {car && (
          <a href="#" className="all-models">
            {t('shop.models')}
          </a>
        )}
      </header>
      {car ? <Configurator key={car.code} car={car} /> : <Range />}
    </div>
  );
}

function carAt(hash: string): Car | null {
  return cars.find((car) => hash === `#${car.code}`) ?? null;
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
