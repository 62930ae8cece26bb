export type Theme = 'light' | 'dark';
const kept = 'foyer.theme';

/** What this page looks like now: chosen on this device, else as the system is set. */
export function shownTheme(): Theme {
  const chosen = localStorage.getItem(kept);
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** Shows the page as chosen on this device; without a choice the system decides. */
export function applyTheme(): void {
  if (localStorage.getItem(kept)) document.documentElement.dataset['theme'] = shownTheme();
}

/** Remembers the choice and shows it. */
export function keepTheme(theme: Theme): void {
  localStorage.setItem(kept, theme);
  applyTheme();
}
