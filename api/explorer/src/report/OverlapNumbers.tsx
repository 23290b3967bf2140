import { partnerList, type Report } from '#operations';

import { count, counted } from '../format/format';
import { Amounts } from '../parts/Amounts';
import { Card, Stat } from '../parts/Card';
import { ExportButton } from '../parts/ExportButton';
import { Link } from '../parts/Link';
import { Empty } from '../parts/States';
import { together } from '../views/overlap';
import { OverlapMatrix } from '../views/OverlapMatrix';
import { type Cell, sums } from './figures';

/** Six numbers that the rest of the report is about. */
export function Headline({ found }: { found: Report }) {
  const shared = found.overlap.filter((cell) => cell.ours !== null);
  return (
    <dl className="stats">
      <Stat label="Accounts of both" value={count(together(shared))} note={`of ${count(together(found.overlap))} on its list`} />
      <Stat label="Their ARR with us" value={<Amounts of={sums(shared.flatMap((cell) => cell.arr ?? []))} />} note="today’s, of our customers" />
      <Stat label="Open with them" value={<Amounts of={sums(shared.flatMap((cell) => cell.openAmount ?? []))} />} note="amounts of open deals" />
      <Stat label="Co-sell" value={count(found.coSell?.totalCount)} note="open or prospects, and strengthened" />
      <Stat label="Only they have" value={count(found.theirs?.totalCount)} note="nothing to us yet" />
      <Stat label="Only we have" value={count(found.ours?.totalCount)} note="not on its list" />
    </dl>
  );
}

type Props = { partner: string; name: string; asOf: string | undefined; cells: readonly Cell[] };

/** Who the accounts on its list are to us, in numbers. */
export function OverlapNumbers({ partner, name, asOf, cells }: Props) {
  const all = together(cells);
  return (
    <Card title={`On the list of ${name}`}
      note={cells.length > 0 && `${all === null ? 'Some counts are withheld.' : `${counted(all, 'account')} in all.`} Each company counts once.`}
      action={cells.length > 0 && (
        <ExportButton operation={partnerList} variables={{ id: partner, asOf }} file="account-list.csv" of={`The list of ${name}`} />
      )}>
      {cells.length ? <OverlapMatrix name={name} cells={cells} /> : (
        <Empty title={`No account list of ${name} is known on this day.`}>
          <Link to="import" parameters={{ partner }}>Import one</Link>, and the report tells whom both of us have.
        </Empty>
      )}
    </Card>
  );
}
