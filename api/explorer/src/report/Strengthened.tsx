import { type Report, strengthenedList } from '#operations';

import { decimal, NONE } from '../format/format';
import { POPULATION, STRENGTH } from '../format/words';
import { Dot } from '../parts/Badges';
import { Card } from '../parts/Card';
import { ExportButton } from '../parts/ExportButton';
import { NodeLink } from '../parts/Link';
import { Empty } from '../parts/States';
import { type Component, STRENGTH_COLOUR, StrengthBar, StrengthLegend } from '../parts/Strengths';
import { FirstOf, Table } from '../parts/Table';
import { because } from '../views/OverlapMoves';

const REASONS = 3;

type Found = NonNullable<NonNullable<Report['partner']>['strengthens']>;
type Props = { partner: string; name: string; asOf: string | undefined; found: Found };

/** The accounts of both that the partner strengthens most, and why. */
export function Strengthened({ partner, name, asOf, found }: Props) {
  const { nodes, totalCount } = found;
  const kinds = [...new Set(nodes.flatMap((row) => row.components.map((component) => component.kind)))];
  return (
    <Card title={`Accounts of both that ${name} strengthens most`}
      note="A score from 0 to 1 with what it rests on: a foothold of the partner, or something that makes what the account uses worth more."
      action={nodes.length > 0 && (
        <ExportButton operation={strengthenedList} variables={{ partner, asOf }} file="strengthened.csv" of="Accounts of both that it strengthens" />
      )}>
      {nodes.length ? (
        <>
          <StrengthLegend kinds={kinds} />
          <Table caption="Accounts of both, those that it strengthens most first" rows={nodes} keyOf={(row) => row.account.id} columns={[
            { name: 'Account', cell: (row) => <NodeLink node={row.account} /> },
            { name: 'To us', cell: (row) => (row.account.population ? POPULATION[row.account.population] : NONE) },
            { name: 'To them', cell: (row) => row.account.knownBy.edges.map((edge) => POPULATION[edge.population]).join(', ') || NONE },
            { name: 'Strength', isNumber: true, cell: (row) => <Score score={row.score} components={row.components} /> },
            { name: 'Why', cell: (row) => <Why account={row.account.id} components={row.components} /> },
          ]} />
          <FirstOf shown={nodes.length} total={totalCount} />
        </>
      ) : <Empty title="None that is known.">No account on its list, and of ours, has anything to do with what {name} offers, builds or does.</Empty>}
    </Card>
  );
}

export function Score({ score, components }: { score: number; components: readonly Component[] }) {
  return <span className="report-score"><StrengthBar components={components} />{decimal(score)}</span>;
}

/** What it rests on; that it rests on the account itself goes without saying. */
export function Why({ account, components, reasons = REASONS }: { account: string; components: readonly Component[]; reasons?: number }) {
  return (
    <ul className="report-why">
      {components.map((component) => {
        const others = component.because.filter((node) => node.id !== account);
        return (
          <li key={component.kind}>
            <Dot of={STRENGTH_COLOUR[component.kind]} square /> {STRENGTH[component.kind]}{others.length > 0 && `: ${because(others, reasons)}`}
          </li>
        );
      })}
    </ul>
  );
}
