import { createRoot } from 'react-dom/client';
import '../design/base.css';
import './tablet.css';
import { applyTheme } from '../shared/theme.js';
import { speak } from '../shared/words.js';
import { Access } from './access.js';
import { App } from './app.js';
import { forgetEachDay, recallClock } from './working-day.js';

const access = new Access();
applyTheme();
await speak();
createRoot(document.getElementById('page') as HTMLElement).render(<App access={access} />);
await recallClock();
await access.start();
forgetEachDay();
if ('serviceWorker' in navigator && import.meta.env.PROD)
  await navigator.serviceWorker.register('/tablet-worker.js', { scope: '/tablet' }).catch(() => undefined);
