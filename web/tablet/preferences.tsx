import { IconLanguage, IconMoon, IconSun } from '@tabler/icons-react';
import { useState } from 'react';
import { keepTheme, shownTheme } from '../shared/theme.js';
import { language, languages, speakNow, t } from '../shared/words.js';

/** Light or dark, and the language, kept on this device. */
export function Preferences() {
  const [theme, setTheme] = useState(shownTheme);
  const other = theme === 'dark' ? 'light' : 'dark';
  const next = languages[(languages.indexOf(language()) + 1) % languages.length] ?? 'en';
  const name = new Intl.DisplayNames(next, { type: 'language' }).of(next) ?? next;
  return (
    <>
      <button
        className="tool"
        aria-label={t(`shared.${other}`)}
        onClick={() => {
          keepTheme(other);
          setTheme(other);
        }}
      >
        {theme === 'dark' ? <IconSun /> : <IconMoon />}
      </button>
      <button className="tool" aria-label={t('shared.speak', { language: name })} onClick={() => speakNow(next)}>
        <IconLanguage />
      </button>
    </>
  );
}
