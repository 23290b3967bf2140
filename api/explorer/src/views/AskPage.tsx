import * as operations from '#operations';

import { base } from '../app/base';
import type { Operation } from '../data/client';
import { examples } from '../graphiql/examples';
import { Card } from '../parts/Card';
import { Head } from '../parts/Head';
import { graphiql, hasGraphiql } from '../parts/Query';

/** Questions of one's own: examples, and the operations of these pages, to be opened in GraphiQL. */
export function AskPage() {
  const views = Object.values(operations) as Operation<unknown, unknown>[];
  return (
    <>
      <Head title="Ask" lead="Every view here is one GraphQL query, and each part of a query runs as one Cypher statement in Neo4j. Ask your own in GraphiQL: it completes names as you type and holds the description of every field.">
        {hasGraphiql() && <a className="button primary" href={`${base}graphiql`}>Open GraphiQL</a>}
      </Head>
      <Card title="Examples" note="Each opens in GraphiQL, ready to run and to change.">
        <Questions questions={examples.map((text) => ({ text }))} />
      </Card>
      <Card title="The queries of these pages" note="What you see on a page is the answer to the query of that name.">
        <Questions questions={views.map(({ text, name }) => ({ text, name }))} />
      </Card>
    </>
  );
}

function Questions({ questions }: { questions: { text: string; name?: string }[] }) {
  return (
    <ul className="questions">
      {questions.map(({ text, name }) => {
        const [said = '', ...lines] = text.split('\n');
        const isSaid = said.startsWith('#');
        const title = isSaid ? said.replace(/^#\s*/, '') : name;
        return (
          <li key={text}>
            {hasGraphiql() ? <a href={graphiql(text, {})}>{title}</a> : title}
            {name && <span className="muted small"> {name}</span>}
            <details>
              <summary className="muted small">Show the query</summary>
              <pre className="code" tabIndex={0} role="region" aria-label="GraphQL query">{(isSaid ? lines.join('\n') : text).trim()}</pre>
            </details>
          </li>
        );
      })}
    </ul>
  );
}
