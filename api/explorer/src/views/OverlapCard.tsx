import { partnerOverlap, type PartnerOverlap } from '#operations';

import { today } from '../app/asOf';
import { count, counted, percent } from '../format/format';
import { Link, NodeLink } from '../parts/Link';
import { QueryCard } from '../parts/QueryCard';
import { Empty } from '../parts/States';
import { FirstOf, Table } from '../parts/Table';
import { total } from './overlap';
import { OverlapMatrix } from './OverlapMatrix';
import { sharers } from './sharing';

const SHOWN = 8;

type Props = { id: string; name: string; asOf: string | undefined };

/** Which accounts one partner has in common: with us, by its list; with other partners, by who works with whom. */
export function OverlapCard({ id, name, asOf }: Props) {
  return (
    <QueryCard title="Overlap with us and with other partners" operation={partnerOverlap} variables={{ id, asOf }} height={360}>
      {({ overlap, accounts }) => (
        <>
          <WithUs id={id} name={name} cells={overlap} />
          <WithOthers id={id} name={name} day={asOf ?? today()} accounts={accounts} />
        </>
      )}
    </QueryCard>
  );
}

function WithUs({ id, name, cells }: { id: string; name: string; cells: PartnerOverlap['overlap'] }) {
  return (
    <section aria-label="Overlap with us">
      <div className="card-head">
        <h3>Its list and us</h3>
        {cells.length > 0 && <Link to="overlap" parameters={{ partners: id }}>{counted(total(cells), 'account')} on its list</Link>}
      </div>
      {cells.length ? <OverlapMatrix name={name} cells={cells} /> : (
        <Empty title={`No account list of ${name} is known on this day.`}>
          <Link to="import" parameters={{ partner: id }}>Import one here</Link>, or with <code>ecograph import population FILE --partner KEY --as customer</code>.
        </Empty>
      )}
    </section>
  );
}

type OthersProps = { id: string; name: string; day: string; accounts: PartnerOverlap['accounts'] };

function WithOthers({ id, name, day, accounts: { nodes, totalCount } }: OthersProps) {
  const all = sharers(nodes, id, day);
  const rows = all.slice(0, SHOWN);
  return (
    <section aria-label="Overlap with other partners">
      <h3>Who else its active accounts have</h3>
      <p className="card-note">
        {totalCount > nodes.length ? `Counted among ${count(nodes.length)} of its ${counted(totalCount, 'active account')}.`
          : `Of its ${counted(totalCount, 'active account')}.`} What lists alone say does not count.
      </p>
      {rows.length ? (
        <>
          <Table caption={`Partners that share accounts with ${name}`} rows={rows} keyOf={(row) => row.id} columns={[
            { name: 'Partner', cell: (row) => <NodeLink node={row} /> },
            { name: 'Accounts of both', isNumber: true, cell: (row) => count(row.accounts) },
            { name: 'Share', isNumber: true, cell: (row) => percent(row.accounts / nodes.length) },
            {
              name: 'Both',
              cell: (row) => <Link to="overlap" parameters={{ partners: `${id},${row.id}` }} aria-label={`Overlap of ${name} and ${row.name}`}>Overlap</Link>,
            },
          ]} />
          <FirstOf shown={rows.length} total={all.length} />
        </>
      ) : <Empty title={totalCount ? 'None: no other partner works with its active accounts.' : 'It has no active account on this day.'} />}
    </section>
  );
}
