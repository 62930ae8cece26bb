import { createRoot } from 'react-dom/client';
import '../design/base.css';
import './shop.css';
import { applyTheme } from '../shared/theme.js';
import { speak } from '../shared/words.js';
import { Shop } from './shop-page.js';

applyTheme();
await speak();
createRoot(document.getElementById('page') as HTMLElement).render(<Shop />);
