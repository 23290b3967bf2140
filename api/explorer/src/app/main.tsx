import '../styles/tokens.css';
import '../styles/base.css';
import '../styles/shell.css';
import '../styles/parts.css';
import '../styles/views.css';
import '../styles/drawings.css';
import '../styles/graph.css';
import '../styles/heat.css';
import '../styles/imports.css';
import '../styles/report.css';

import { createRoot } from 'react-dom/client';

import { App } from './App';
import { applyTheme } from './theme';

applyTheme();
const root = document.getElementById('root');
if (root) createRoot(root).render(<App />);
