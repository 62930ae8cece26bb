import { readdirSync } from 'node:fs';
import type { Language } from './language.js';

const folder = new URL('./', import.meta.url);
/** A language's file is called by its tag: `en.ts`, `de.ts`, `pt-BR.ts`. */
const file = /^([a-z]{2}(?:-[A-Z]{2})?)\.(?:js|ts)$/;

/** Every language found in this folder, by tag: a language is added by adding its file. */
export const languages: ReadonlyMap<string, Language> = new Map(
  await Promise.all(
    readdirSync(folder)
      .sort()
      .flatMap((name) => {
        const tag = file.exec(name)?.[1];
        return tag === undefined ? [] : [load(tag, name)];
      }),
  ),
);

async function load(tag: string, name: string): Promise<[string, Language]> {
  const part = (await import(new URL(name, folder).href)) as { default: Language };
  return [tag, part.default];
}

/** The language of last resort. */
const fallback = 'en';

/** The language a locale is served in: its own file, its primary subtag's, or English. */
export function languageFor(locale: string): Language {
  const language = languages.get(locale) ?? languages.get(locale.slice(0, 2).toLowerCase()) ?? languages.get(fallback);
  if (!language) throw new Error('The catalogue has lost its English file; put src/shared/catalogue/en.ts back.');
  return language;
}
