import { createRoot } from 'react-dom/client';
import '../design/base.css';
import './desk.css';
import { applyTheme } from '../shared/theme.js';
import { speak } from '../shared/words.js';
import { App } from './app.js';

applyTheme();
await speak();
createRoot(document.getElementById('page') as HTMLElement).render(<App />);
