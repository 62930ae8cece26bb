const key = 'foyer.card';

/** The secret part of the address of the card that this phone keeps; nothing else of her is kept. */
export function keptCard(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Keeps a card on this phone, in place of the one it may keep already. False when this browser keeps nothing. */
export function keepCard(token: string): boolean {
  try {
    localStorage.setItem(key, token);
    return true;
  } catch {
    return false;
  }
}

export function forgetCard(): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}
