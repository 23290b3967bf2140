import { overlap, partnerList } from '#operations';

import { useAsOf } from '../app/asOf';
import { idsOf, useParameters } from '../app/router';
import { useRanked } from '../data/useRanked';
import { count, counted, listed, moneys } from '../format/format';
import { Card } from '../parts/Card';
import { ChosenPartners } from '../parts/ChosenPartners';
import { ExportButton } from '../parts/ExportButton';
import { Head } from '../parts/Head';
import { Link } from '../parts/Link';
import { QueryButton } from '../parts/Query';
import { Empty, Loading, Problems } from '../parts/States';
import { Table } from '../parts/Table';
import { AccountsOfBoth } from './AccountsOfBoth';
import { HeatCards } from './HeatCards';
import { type Cell, keyOf, ourWord, total } from './overlap';
import { OverlapAccounts, theirsOf } from './OverlapAccounts';
import { OverlapMatrix } from './OverlapMatrix';
import { OverlapMoves } from './OverlapMoves';
import { PairLists } from './PairLists';

/** Whose customers, opportunities and prospects are also ours. */
export function OverlapPage() {
  const [parameters, change] = useParameters();
  const asOf = useAsOf();
  const partners = idsOf(parameters.get('partners'));
  const variables = { partners, asOf };
  const { data, problems, isLoading, retry, unranked } = useRanked(overlap, partners.length ? variables : null, { order: [] });
  const names = new Map(data?.partners.nodes.map((node) => [node.id, node.name]));
  const known = partners.filter((id) => names.has(id));
  return (
    <>
      <Head title="Account overlap"
        lead={(
          <>
            <p>
              Which accounts on a partner&rsquo;s list are our customers, open opportunities or prospects, and which are nothing to us yet.
              Each company counts once.
            </p>
            {!partners.length && (
              <p>
                Name a partner, or start from two that share accounts. Lists come from files: <Link to="import">import one here</Link>, or
                with <code>ecograph import population</code>.
              </p>
            )}
          </>
        )}>
        {partners.length > 0 && <Link className="button" to="overlap">Heat map</Link>}
        <Link className="button" to="import" parameters={{ partner: partners.length === 1 ? partners[0] : undefined }}>Import a list</Link>
        {partners.length === 1 && <Link className="button" to="report" parameters={{ partner: partners[0] }}>Report</Link>}
        {partners.length === 2 && <Link className="button" to="report" parameters={{ partner: partners[0], with: partners[1] }}>Report on both</Link>}
        {partners.length > 0 && <QueryButton operation={overlap} variables={variables} />}
      </Head>
      <ChosenPartners label="Partners whose lists are compared" field="Add a partner" away="Take away" ids={partners} names={names}
        onChange={(ids) => change({ partners: ids.join(','), cell: null, ours: null, sort: null, page: null }, { replace: false })} />
      <Problems problems={problems} retry={retry} />
      {partners.length > 0 && !data && isLoading && <Loading height={360} what="Comparing the lists" />}
      {partners.length > 0 && data && !problems.length && (
        <div className={isLoading ? 'main-grid is-stale' : 'main-grid'}>
          <Lists cells={data.overlap} names={known.map((id) => names.get(id) ?? id)} partners={known} asOf={asOf}
            chosen={parameters.get('cell') ?? undefined} onChoose={(cell) => change({ cell })} />
          {unranked && <Problems problems={[unranked]} title="The accounts below cannot be ranked by ARR." />}
          {known.length === 2 && <AccountsOfBoth one={known[0] ?? ''} other={known[1] ?? ''} asOf={asOf} />}
          {known.length === 1 && known[0] && <OverlapMoves partner={known[0]} name={names.get(known[0]) ?? known[0]} asOf={asOf} />}
        </div>
      )}
      {!partners.length && (
        <div className="main-grid"><HeatCards asOf={asOf} /></div>
      )}
    </>
  );
}

type ListsProps = {
  cells: readonly Cell[];
  names: readonly string[];
  partners: readonly string[];
  asOf: string | undefined;
  chosen: string | undefined;
  onChoose: (key: string) => void;
};

function Lists({ cells, names, partners, asOf, chosen, onChoose }: ListsProps) {
  const [name = '', only] = names;
  if (!names.length) return <Empty title="None of these partners is known.">Take them away above, and search for others.</Empty>;
  if (!cells.length) {
    return (
      <Empty title={`No account list of ${listed(names)} is known on this day.`}>
        <Link to="import" parameters={{ partner: partners.length === 1 ? partners[0] : undefined }}>Import one here</Link>, or with <code>ecograph import population FILE --partner KEY --as customer</code>.
      </Empty>
    );
  }
  const [first, second, ...more] = partners;
  if (first && second && !more.length) {
    return <PairLists one={{ id: first, name }} other={{ id: second, name: only ?? second }} cells={cells} />;
  }
  const cell = cells.find((one) => keyOf(one) === chosen) ?? cells[0];
  return (
    <>
      <Card title={only ? 'On their lists' : `On the list of ${name}`}
        note={`${counted(total(cells), 'account')} in all. Each ${only ? 'row' : 'cell'} opens its accounts below.`}
        action={only === undefined && partners[0] && (
          <ExportButton operation={partnerList} variables={{ id: partners[0], asOf }} file="account-list.csv" of={`The list of ${name}`} />
        )}>
        {only ? <Combinations cells={cells} onChoose={onChoose} />
          : <OverlapMatrix name={name} cells={cells} chosen={cell && keyOf(cell)} onChoose={onChoose} />}
      </Card>
      {cell && <OverlapAccounts title={`${ourWord(cell.ours)}, ${theirsOf(cell)}`} cells={[cell]} />}
    </>
  );
}

function Combinations({ cells, onChoose }: { cells: readonly Cell[]; onChoose: (key: string) => void }) {
  return (
    <Table caption="Accounts by what they are to us and to each partner" rows={cells} keyOf={keyOf} columns={[
      { name: 'To us', cell: (cell) => ourWord(cell.ours) },
      { name: 'To them', cell: theirsOf },
      { name: 'Accounts', isNumber: true, cell: (cell) => count(cell.count) },
      { name: 'ARR', isNumber: true, cell: (cell) => moneys(cell.arr) },
      { name: 'Open amount', isNumber: true, cell: (cell) => moneys(cell.openAmount) },
      {
        name: 'Accounts below',
        cell: (cell) => (
          <button type="button" className="button small" aria-label={`Show: ${ourWord(cell.ours)}, ${theirsOf(cell)}`} onClick={() => onChoose(keyOf(cell))}>
            Show
          </button>
        ),
      },
    ]} />
  );
}
