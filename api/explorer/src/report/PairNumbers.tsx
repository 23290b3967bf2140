import { listedAccounts } from '#operations';

import { count, moneys } from '../format/format';
import { POPULATION } from '../format/words';
import { Amounts } from '../parts/Amounts';
import { Card, Stat } from '../parts/Card';
import { ExportButton } from '../parts/ExportButton';
import { Link } from '../parts/Link';
import { Empty } from '../parts/States';
import { Table } from '../parts/Table';
import { MatrixCell } from '../views/MatrixCell';
import { ourWord, POPULATIONS, together } from '../views/overlap';
import { sums } from './figures';
import { byOurs, listed, onLists, type PairCell, type Side, sideOf } from './pair';

type Props = { one: Side; other: Side; cells: readonly PairCell[]; asOf: string | undefined };

/** Six numbers that the rest of the report is about. */
export function PairHeadline({ one, other, cells }: Omit<Props, 'asOf'>) {
  const both = onLists(cells, [one.id, other.id]);
  const ours = both.filter((cell) => cell.ours !== null);
  return (
    <dl className="stats">
      <Stat label="On both lists" value={count(together(both))} note={`of ${count(together(cells))} on either`} />
      <Stat label="Of these, ours" value={count(together(ours))} note="customers, open or prospects" />
      <Stat label="Their ARR with us" value={<Amounts of={sums(both.flatMap((cell) => cell.arr))} />} note="today’s, of our customers" />
      <Stat label="Open with them" value={<Amounts of={sums(both.flatMap((cell) => cell.openAmount))} />} note="amounts of open deals" />
      <Stat label={`Only ${one.name}`} value={count(together(onLists(cells, [one.id])))} note={`not on the list of ${other.name}`} />
      <Stat label={`Only ${other.name}`} value={count(together(onLists(cells, [other.id])))} note={`not on the list of ${one.name}`} />
    </dl>
  );
}

/** How many accounts are on both lists and as what, and what these are to us. */
export function PairNumbers({ one, other, cells, asOf }: Props) {
  const both = onLists(cells, [one.id, other.id]);
  const missing = [one, other].filter(({ id }) => !cells.some((cell) => sideOf(cell, id)));
  if (missing.length) {
    return (
      <Card title="On both lists">
        {missing.map(({ id, name }) => (
          <Empty key={id} title={`No account list of ${name} is known on this day.`}>
            <Link to="import" parameters={{ partner: id }}>Import one</Link>, and the report tells whom both have.
          </Empty>
        ))}
      </Card>
    );
  }
  return (
    <Card title="On both lists" note="Each company counts once."
      action={both.length > 0 && (
        <ExportButton operation={listedAccounts} variables={{ where: listed(one.id, other.id, true), partners: [one.id, other.id], asOf }}
          file="on-both-lists.csv" of="The accounts on both lists" />
      )}>
      {both.length ? (
        <>
          <PairMatrix one={one} other={other} cells={both} />
          <Table caption="What the accounts on both lists are to us" rows={byOurs(both)} keyOf={(row) => row.ours ?? 'NONE'} columns={[
            { name: 'To us', cell: (row) => ourWord(row.ours) },
            { name: 'Accounts', isNumber: true, cell: (row) => count(row.count) },
            { name: 'ARR', isNumber: true, cell: (row) => moneys(row.arr) },
            { name: 'Open amount', isNumber: true, cell: (row) => moneys(row.openAmount) },
          ]} />
        </>
      ) : <Empty title="No account is on both lists.">What each could bring to the other’s accounts is below.</Empty>}
    </Card>
  );
}

/** One partner's populations by the other's; the darker a cell, the more accounts. */
function PairMatrix({ one, other, cells }: Omit<Props, 'asOf'>) {
  const at = (theirs: string, others: string) => together(cells.filter((cell) => (
    sideOf(cell, one.id) === theirs && sideOf(cell, other.id) === others)));
  const most = Math.max(...POPULATIONS.flatMap((theirs) => POPULATIONS.map((others) => at(theirs, others) ?? 0)));
  return (
    <div className="table-scroll" tabIndex={0} role="group" aria-label="Matrix of both lists">
      <table className="table matrix">
        <caption className="hidden">Accounts by what they are to {one.name} and to {other.name}</caption>
        <thead>
          <tr>
            <td />
            <th scope="colgroup" colSpan={POPULATIONS.length}>On the list of {other.name}</th>
          </tr>
          <tr>
            <th scope="col">On the list of {one.name}</th>
            {POPULATIONS.map((others) => <th key={others} scope="col">{POPULATION[others]}</th>)}
          </tr>
        </thead>
        <tbody>
          {POPULATIONS.map((theirs) => (
            <tr key={theirs}>
              <th scope="row">{POPULATION[theirs]}</th>
              {POPULATIONS.map((others) => {
                const found = at(theirs, others);
                return (
                  <td key={others}>
                    {found === 0 ? <span className="muted">0</span> : <MatrixCell number={found} most={most} />}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
