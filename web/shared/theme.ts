import { onDevice } from './kept.js';

export type Theme = 'light' | 'dark';
const kept = 'foyer.theme';

/** What this page looks like now: chosen on this device, else as the system is set. */
export function shownTheme(): Theme {
  const chosen = onDevice.get(kept);
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** Shows the page as chosen on this device; without a choice the system decides. */
export function applyTheme(): void {
  if (onDevice.get(kept)) document.documentElement.dataset['theme'] = shownTheme();
}

/** Shows the choice, and remembers it where the browser keeps anything. */
export function keepTheme(theme: Theme): void {
  onDevice.set(kept, theme);
  document.documentElement.dataset['theme'] = theme;
}
