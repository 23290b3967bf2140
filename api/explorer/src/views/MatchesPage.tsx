import { decideMatch, type Matches, matches, undoMatch } from '#operations';
import { useEffect, useRef, useState } from 'react';

import { changed, useChange, useQuery } from '../data/useQuery';
import { counted, listed, NONE, percent } from '../format/format';
import { POPULATION } from '../format/words';
import { Card } from '../parts/Card';
import { Head } from '../parts/Head';
import { NodeLink } from '../parts/Link';
import { QueryButton } from '../parts/Query';
import { Empty, Loading, Problems } from '../parts/States';
import { Table } from '../parts/Table';

type Pair = Matches['matches']['nodes'][number];
type Side = {
  id: string;
  name: string | null;
  domains: string[];
  duns: string | null;
  populations: { owner: string; population: keyof typeof POPULATION }[];
};
type Decided = { id: string; names: string; decision: 'SAME' | 'DIFFERENT'; isUndone: boolean };

const TITLE = 'Accounts that may be one company';

/** The queue of doubtful pairs: one key for each decision. */
export function MatchesPage() {
  const { data, problems, isLoading, retry } = useQuery(matches, {});
  const [later, setLater] = useState<readonly string[]>([]);
  const [last, setLast] = useState<Decided>();
  const { isBusy, failed, tell } = useChange(retry);
  const found = data?.matches;
  const pair = found?.nodes.find(({ id }) => !later.includes(id)) ?? found?.nodes[0];

  const decide = (decision: 'SAME' | 'DIFFERENT') => {
    if (!pair || isBusy) return;
    const done = { id: pair.id, names: namesOf(pair).join(' and '), decision, isUndone: false };
    tell(changed(decideMatch, { id: pair.id, decision }), () => setLast(done));
  };
  const undo = () => {
    if (!last || isBusy) return;
    // A merge that is taken back counts as decided DIFFERENT; taking that back too has the pair asked anew.
    const left: Decided | undefined = last.decision === 'SAME' ? { ...last, decision: 'DIFFERENT', isUndone: true } : undefined;
    tell(changed(undoMatch, { id: last.id }), () => setLast(left));
  };
  const leave = () => {
    if (pair) setLater([...later.filter((id) => id !== pair.id), pair.id]);
  };
  useKeys({ s: () => decide('SAME'), d: () => decide('DIFFERENT'), n: leave, u: undo });

  return (
    <>
      <Head title={TITLE} lead={<>Pairs in doubt, the likeliest first. What is sure was merged by <code>ecograph match find</code>; every decision can be taken back.</>}>
        <QueryButton operation={matches} variables={{}} />
      </Head>
      <Problems problems={problems} retry={retry} />
      <Problems problems={failed} />
      {last && (
        <p role="status" className="actions">
          {last.names} {last.decision === 'SAME' ? 'are one company now.' : last.isUndone ? 'are two accounts again, and count as different.' : 'stay apart.'}
          <button type="button" className="button small" disabled={isBusy} onClick={undo}>Take it back <kbd>u</kbd></button>
        </p>
      )}
      {!found && isLoading && <Loading height={360} what="Reading the pairs" />}
      {found && !pair && (
        <Empty title="No pair waits for a decision.">
          <code>ecograph match find</code> compares all accounts, merges those that surely are one company, and asks here of those in doubt.
        </Empty>
      )}
      {found && pair && (
        <div className={isLoading || isBusy ? 'main-grid is-stale' : 'main-grid'}>
          <Asked pair={pair} waiting={found.totalCount} isBusy={isBusy} decide={decide} leave={leave} />
          <Waiting pairs={found.nodes} total={found.totalCount}
            onChoose={(id) => setLater(found.nodes.map((one) => one.id).filter((one) => one !== id))} />
        </div>
      )}
    </>
  );
}

type AskedProps = { pair: Pair; waiting: number; isBusy: boolean; decide: (decision: 'SAME' | 'DIFFERENT') => void; leave: () => void };

function Asked({ pair, waiting, isBusy, decide, leave }: AskedProps) {
  const [left, right] = [pair.left as Side, pair.right as Side];
  const rows: { name: string; of: (side: Side) => React.ReactNode }[] = [
    { name: 'Name', of: (side) => <NodeLink node={{ id: side.id, name: side.name ?? side.id }} /> },
    { name: 'Domains', of: (side) => listed(side.domains) || NONE },
    { name: 'DUNS', of: (side) => side.duns ?? NONE },
    { name: 'Lists', of: (side) => listed(side.populations.map((one) => `${POPULATION[one.population]} of ${one.owner.replace(/^\w+:/, '')}`)) || NONE },
    { name: 'Id', of: (side) => <span className="small muted">{side.id}</span> },
  ];
  return (
    <Card title="Are these one company?" note={`${counted(waiting, 'pair')} to decide. This one is ${percent(pair.probability)} likely.`}>
      <Table caption="Both accounts, side by side" rows={rows} keyOf={(row) => row.name} columns={[
        { name: 'What is known', cell: (row) => row.name },
        { name: 'One account', cell: (row) => row.of(left) },
        { name: 'The other', cell: (row) => row.of(right) },
      ]} />
      <ul className="reasons" aria-label="Why">{pair.reasons.map((reason) => <li key={reason}>{reason}</li>)}</ul>
      <div className="actions">
        <button type="button" className="button primary" disabled={isBusy} onClick={() => decide('SAME')}>Same company <kbd>s</kbd></button>
        <button type="button" className="button" disabled={isBusy} onClick={() => decide('DIFFERENT')}>Different <kbd>d</kbd></button>
        <button type="button" className="button" disabled={isBusy} onClick={leave}>Later <kbd>n</kbd></button>
      </div>
    </Card>
  );
}

function Waiting({ pairs, total, onChoose }: { pairs: readonly Pair[]; total: number; onChoose: (id: string) => void }) {
  return (
    <Card title="Pairs that wait" note={total > pairs.length ? `The first ${pairs.length} of ${counted(total, 'pair')}.` : counted(total, 'pair')}>
      <Table caption="Pairs that wait" rows={pairs} keyOf={(pair) => pair.id} columns={[
        { name: 'Pair', cell: (pair) => listed(namesOf(pair)) },
        { name: 'Likely', isNumber: true, cell: (pair) => percent(pair.probability) },
        { name: 'Why', cell: (pair) => pair.reasons.join('; ') },
        {
          name: 'Look at it',
          cell: (pair) => (
            <button type="button" className="button small" aria-label={`Choose ${listed(namesOf(pair))}`} onClick={() => onChoose(pair.id)}>Choose</button>
          ),
        },
      ]} />
    </Card>
  );
}

function namesOf(pair: Pair): [string, string] {
  const nameOf = (side: Side) => side.name ?? side.id;
  return [nameOf(pair.left as Side), nameOf(pair.right as Side)];
}

/** One key, one deed; not while somebody writes or a dialog is open. */
function useKeys(deeds: Readonly<Record<string, () => void>>) {
  const current = useRef(deeds);
  current.current = deeds;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const isElsewhere = event.target instanceof Element && event.target.closest('input, select, textarea, dialog');
      if (isElsewhere || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      current.current[event.key]?.();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
}
