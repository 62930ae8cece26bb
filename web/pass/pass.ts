import '../design/base.css';
import '../phone/phone.css';
import { make, show } from '../shared/make.js';
import { applyTheme } from '../shared/theme.js';
import { speak, t } from '../shared/words.js';

/** What a phone sees that reads the QR of a pass with its own camera: the pass is for the tablet in the store, and is not taken here. */
applyTheme();
await speak();
document.title = t('pass.title');
show(
  make(
    'main',
    { class: 'phone sorry' },
    make('h1', {}, t('pass.title')),
    make('p', { class: 'soft' }, t('pass.words')),
  ),
);
