import { count, counted, listed, money, NONE } from '../format/format';
import { POPULATION } from '../format/words';
import { Card } from '../parts/Card';
import { NodeLink } from '../parts/Link';
import { FirstOf, Table } from '../parts/Table';
import { type Cell, ourWord, together } from './overlap';

/** What the accounts of a cell are to the partners. */
export function theirsOf(cell: Pick<Cell, 'theirs'>): string {
  return listed(cell.theirs.map(({ partner, population }) => `${POPULATION[population].toLowerCase()} of ${partner.name}`));
}

/** The accounts of a cell, or of several that differ in what their accounts are to us. */
export function OverlapAccounts({ title, cells }: { title: string; cells: readonly Cell[] }) {
  const rows = cells.flatMap(({ ours, accounts }) => accounts.nodes.map((node) => ({ ...node, ours })));
  const number = together(cells);
  return (
    <Card title={title} note={`${number === null ? 'How many is withheld' : counted(number, 'account')}; ${cells.length > 1 ? 'of each kind ' : ''}those with most ARR first.`}>
      <Table caption="The accounts of the cell" rows={rows} keyOf={(node) => node.id} columns={[
        { name: 'Account', cell: (node) => <NodeLink node={node} /> },
        ...(cells.length > 1 ? [{ name: 'To us', cell: (node: { ours: Cell['ours'] }) => ourWord(node.ours) }] : []),
        { name: 'Domain', cell: (node) => node.domain ?? NONE },
        { name: 'Industry', cell: (node) => node.industry ?? NONE },
        { name: 'Segment', cell: (node) => node.segment ?? NONE },
        { name: 'ARR', isNumber: true, cell: (node) => (node.arr ? money(node.arr, 'short') : NONE) },
      ]} />
      {cells.length > 1 ? number !== null && number > rows.length && <p className="muted small">{count(rows.length)} of {count(number)}.</p>
        : <FirstOf shown={rows.length} total={number ?? 0} />}
    </Card>
  );
}
