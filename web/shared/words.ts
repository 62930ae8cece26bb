import i18next from 'i18next';
import { onDevice } from './kept.js';

const files = import.meta.glob<{ default: Record<string, unknown> }>('../words/*.json');
const kept = 'foyer.language';

/** The languages that have a file in `words/`. */
export const languages = Object.keys(files).map((path) => path.slice('../words/'.length, -'.json'.length));

/** The page's text in the reader's language. */
export const t = i18next.t.bind(i18next);

/** The language of this page, as it stands in `<html lang>`. */
export function language(): string {
  return i18next.language;
}

/** Loads the reader's language: chosen once on this device, else the browser's, else English. */
export async function speak(): Promise<void> {
  const chosen = preferred();
  const file = await files[`../words/${chosen}.json`]?.();
  document.documentElement.lang = chosen;
  await i18next.init({
    lng: chosen,
    resources: { [chosen]: { translation: file?.default ?? {} } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
}

/** Remembers the language and shows the page in it. */
export function speakNow(chosen: string): void {
  onDevice.set(kept, chosen);
  location.reload();
}

function preferred(): string {
  const asked = [onDevice.get(kept), ...navigator.languages].map((tag) => tag?.split('-')[0] ?? '');
  return asked.find((tag) => languages.includes(tag)) ?? 'en';
}
