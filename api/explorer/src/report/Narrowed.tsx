import type { Report } from '#operations';

import { money, NONE } from '../format/format';
import { POPULATION } from '../format/words';
import { Card } from '../parts/Card';
import { Empty } from '../parts/States';
import { Table } from '../parts/Table';
import { OverlapNumbers } from './OverlapNumbers';

/** The report in the partner's own login: its list, and what we share of it. */
export function Narrowed({ partner, name, found }: { partner: string; name: string; found: Report }) {
  const rows = found.overlap.flatMap((cell) => (cell.ours ? cell.accounts?.nodes ?? [] : []).map((node) => (
    { node, ours: cell.ours, theirs: cell.theirs[0]?.population })));
  return (
    <>
      <OverlapNumbers partner={partner} name={name} asOf={undefined} cells={found.overlap} />
      <Card title="Accounts of both" note="Those that are shared with you, 20 of each cell at most; the file holds the whole list.">
        {rows.length ? (
          <Table caption="Accounts of both" rows={rows} keyOf={({ node }) => node.id} columns={[
            { name: 'Account', cell: ({ node }) => node.name },
            { name: 'Domain', cell: ({ node }) => node.domain ?? NONE },
            { name: 'To the platform', cell: ({ ours }) => (ours ? POPULATION[ours] : NONE) },
            { name: 'To you', cell: ({ theirs }) => (theirs ? POPULATION[theirs] : NONE) },
            { name: 'Segment', cell: ({ node }) => node.segment ?? NONE },
            { name: 'Industry', cell: ({ node }) => node.industry ?? NONE },
            { name: 'ARR', isNumber: true, cell: ({ node }) => (node.arr ? money(node.arr, 'short') : NONE) },
          ]} />
        ) : <Empty title="None is shown to you." />}
      </Card>
      <Card title="How sure this is">
        <ul className="reasons">
          <li>It holds what is shared with {name}, as of today. What is not shared looks like nothing to us.</li>
          <li>Counts below 5 are withheld, and with them what would give them away.</li>
          <li>Each company counts once. The same company on both sides is told by internet domains and DUNS numbers first, then by names.</li>
        </ul>
      </Card>
    </>
  );
}
