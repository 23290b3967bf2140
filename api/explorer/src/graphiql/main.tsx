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
// In the fragment a shared query stays in the browser; in the search it goes through the server's log.
const shared = new URLSearchParams(location.hash.slice(1) || location.search);
const query = shared.get('query');
const variables = shared.get('variables');

function Page() {
  return (
    <>
      <header className="bar">
        <a href="./"><strong>Ecograph</strong></a>
        <span>Ask the graph: press ▶, or Ctrl+Space for what fits here.</span>
        <a href="./ask">Examples</a>
      </header>
      <main>
        <GraphiQL
          fetcher={fetcher}
          plugins={plugins}
          defaultQuery=""
          defaultTabs={examples.map((query) => ({ query }))}
          {...(query && { initialQuery: query })}
          {...(query && variables && { initialVariables: variables })}
        >
          <GraphiQL.Logo> </GraphiQL.Logo>
        </GraphiQL>
      </main>
    </>
  );
}

const root = document.getElementById('root');
if (root) createRoot(root).render(<Page />);
