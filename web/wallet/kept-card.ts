import { onDevice } from '../shared/kept.js';

const key = 'foyer.card';

/** The secret part of the address of the card that this phone keeps; nothing else of her is kept. */
export function keptCard(): string | null {
  return onDevice.get(key);
}

/** Keeps a card on this phone, in place of the one it may keep already. False when this browser keeps nothing. */
export function keepCard(token: string): boolean {
  return onDevice.set(key, token);
}

export function forgetCard(): void {
  onDevice.remove(key);
}
