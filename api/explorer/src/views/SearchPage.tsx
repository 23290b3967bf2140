import { search } from '#operations';
import { useState } from 'react';

import { useParameters } from '../app/router';
import { useQuery } from '../data/useQuery';
import { KINDS } from '../format/words';
import { Dot } from '../parts/Badges';
import { Card } from '../parts/Card';
import { Head } from '../parts/Head';
import { describe } from '../parts/hit';
import { NodeLink } from '../parts/Link';
import { QueryButton } from '../parts/Query';
import { Empty, Loading, Problems } from '../parts/States';
import { Pager, Table } from '../parts/Table';

const ROWS = 50;
const KIND_NAMES = ['PARTNER', 'ACCOUNT', 'PRODUCT', 'INTEGRATION', 'DEAL'] as const;

/** All that a search finds, page by page. */
export function SearchPage() {
  const [parameters, change] = useParameters();
  const text = parameters.get('q') ?? '';
  const kind = KIND_NAMES.find((name) => name === parameters.get('kind'));
  const after = parameters.get('after') ?? undefined;
  const variables = { text, kinds: kind ? [kind] : undefined, first: ROWS, after };
  const { data, problems, isLoading, retry } = useQuery(search, text ? variables : null);
  const found = data?.search;
  return (
    <>
      <Head title={text ? `Results for “${text}”` : 'Search'}>
        {text && <QueryButton operation={search} variables={variables} />}
      </Head>
      <Words key={text} text={text} search={(q) => change({ q, after: null }, { replace: false })} />
      <div className="actions" role="group" aria-label="Only this kind">
        {KIND_NAMES.map((name) => (
          <button key={name} type="button" className="button" aria-pressed={name === kind}
            onClick={() => change({ kind: name === kind ? null : name, after: null })}>
            <Dot of={name.toLowerCase()} square /> {`${KINDS[capital(name)]}s`}
          </button>
        ))}
      </div>
      <Problems problems={problems} retry={retry} />
      {!found && isLoading && <Loading height={200} what="Searching" />}
      {!text && <Empty title="What are you looking for?">Type a word of a name or key. From every page, the key / goes to the search field.</Empty>}
      {text && found && (
        <Card title="Found">
          {found.nodes.length ? (
            <Table caption="Found" rows={found.nodes} keyOf={(hit) => hit.node.id} columns={[
              { name: 'Name', cell: (hit) => <NodeLink node={hit.node} /> },
              { name: 'Kind', cell: (hit) => <><Dot of={hit.node.__typename.toLowerCase()} square /> {KINDS[hit.node.__typename]}</> },
              { name: 'What it is', cell: describe },
            ]} />
          ) : <Empty title={`Nothing begins with “${text}”.`}>Every word must begin a word of the name or key. Try fewer or shorter words.</Empty>}
          <Pager total={found.totalCount} noun="result" shown={found.nodes.length} isFirst={!after}
            next={found.pageInfo.hasNextPage ? found.pageInfo.endCursor : null} onTurn={(cursor) => change({ after: cursor }, { replace: false })} />
        </Card>
      )}
    </>
  );
}

function Words({ text, search: go }: { text: string; search: (text: string) => void }) {
  const [words, setWords] = useState(text);
  return (
    <form className="actions" onSubmit={(event) => {
      event.preventDefault();
      go(words.trim());
    }}>
      <input className="field" type="search" aria-label="Words to search for" value={words} onChange={(event) => setWords(event.target.value)} />
      <button type="submit" className="button primary">Search</button>
    </form>
  );
}

function capital(name: (typeof KIND_NAMES)[number]): keyof typeof KINDS {
  return (name.charAt(0) + name.slice(1).toLowerCase()) as keyof typeof KINDS;
}
