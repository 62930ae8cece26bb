import { freshKey } from '../shared/ids.js';
import { cars, choose, groups, optionsOf, untouched, type Car, type Chosen } from './cars.js';

/** A car on its way: which, with what, and the session that makes every save of it one configuration. */
export interface Building {
  readonly car: Car;
  readonly chosen: Chosen;
  readonly sessionId: string;
}

/** Opened from an address; `isNew` unless the address names a session. */
export interface Opened extends Building {
  readonly isNew: boolean;
}

/** Reads `#fjord?s=…&o=pine,vane`: what the catalogue does not have is left out. Null where no car is named. */
export function readAddress(hash: string): Opened | null {
  const [code, query] = hash.slice(1).split('?');
  const car = cars.find((each) => each.code === code);
  if (!car) return null;
  const said = new URLSearchParams(query);
  const session = said.get('s') ?? '';
  const isNew = !/^[0-9a-f]{32}$/.test(session);
  return { car, chosen: chosenBy(said.get('o') ?? ''), sessionId: isNew ? freshKey() : session, isNew };
}

/** Where a car as it is now can be opened again: here, in another tab, or on her phone. */
export function addressOf({ car, chosen, sessionId }: Building): string {
  const codes = optionsOf(chosen).map(({ choice }) => choice.code);
  return `#${car.code}?s=${sessionId}&o=${codes.join(',')}`;
}

function chosenBy(codes: string): Chosen {
  const said = codes.split(',');
  let chosen = untouched;
  for (const group of groups)
    for (const { code } of group.choices) if (said.includes(code)) chosen = choose(chosen, group, code);
  return chosen;
}
