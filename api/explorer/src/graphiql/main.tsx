import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import '@graphiql/plugin-explorer/style.css';
import './page.css';

import { explorerPlugin } from '@graphiql/plugin-explorer';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { createRoot } from 'react-dom/client';

import { examples } from './examples';

const fetcher = createGraphiQLFetcher({ url: 'graphql', enableIncrementalDelivery: false });
const plugins = [HISTORY_PLUGIN, explorerPlugin({ showAttribution: false })];
const shared = new URLSearchParams(location.search).get('query');

function Page() {
  return (
    <>
      <header className="bar">
        <strong>Ecograph</strong>
        <span>Ask the graph: press ▶, or Ctrl+Space for what fits here.</span>
      </header>
      <main>
        <GraphiQL
          fetcher={fetcher}
          plugins={plugins}
          defaultQuery=""
          defaultTabs={examples.map((query) => ({ query }))}
          {...(shared && { initialQuery: shared })}
        >
          <GraphiQL.Logo> </GraphiQL.Logo>
        </GraphiQL>
      </main>
    </>
  );
}

const root = document.getElementById('root');
if (root) createRoot(root).render(<Page />);
