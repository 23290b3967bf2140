import { listedAccounts, type ReportPair } from '#operations';

import { decimal, money, NONE } from '../format/format';
import { POPULATION } from '../format/words';
import { Card } from '../parts/Card';
import { ExportButton } from '../parts/ExportButton';
import { NodeLink } from '../parts/Link';
import { Empty } from '../parts/States';
import { StrengthBar, StrengthLegend } from '../parts/Strengths';
import { FirstOf, Table } from '../parts/Table';
import { knownAs, listed, type Shared, type Side, strengthOf } from './pair';
import { Score, Why } from './Strengthened';

type Props = { one: Side; other: Side; asOf: string | undefined };

/** The accounts on both lists, and how much each of the two strengthens them. */
export function SharedAccounts({ one, other, found }: Omit<Props, 'asOf'> & { found: ReportPair['accounts'] }) {
  if (!found.nodes.length) return null;
  const kinds = found.nodes.flatMap((node) => node.strengthenedBy.nodes.flatMap((strength) => strength.components.map(({ kind }) => kind)));
  const to = ({ id, name }: Side) => ({
    name: `To ${name}`, cell: (row: Shared) => {
      const population = knownAs(row, id);
      return population ? POPULATION[population] : NONE;
    },
  });
  const strength = ({ id, name }: Side) => ({
    name: `Strength of ${name}`, isNumber: true, cell: (row: Shared) => {
      const strong = strengthOf(row, id);
      return strong ? <span className="report-score"><StrengthBar components={strong.components} />{decimal(strong.score)}</span> : NONE;
    },
  });
  return (
    <Card title="Accounts of both" note="A strength is a score from 0 to 1 for what a partner is to an account, by what is in the graph.">
      <StrengthLegend kinds={[...new Set(kinds)]} />
      <Table caption="Accounts of both" rows={found.nodes} keyOf={(row) => row.id} columns={[
        { name: 'Account', cell: (row) => <NodeLink node={row} /> },
        { name: 'To us', cell: (row) => (row.population ? POPULATION[row.population] : NONE) },
        to(one), to(other),
        { name: 'ARR', isNumber: true, cell: (row) => (row.arr ? money(row.arr, 'short') : NONE) },
        strength(one), strength(other),
      ]} />
      <FirstOf shown={found.nodes.length} total={found.totalCount} />
    </Card>
  );
}

type Brings = NonNullable<ReportPair['one']>['brings'];

/** The accounts on one list that the partner on whose list they are not strengthens most: it could be brought in there. */
export function Brought({ one: owner, other: brought, asOf, found }: Props & { found: Brings }) {
  return (
    <Card title={`Where ${owner.name} could bring ${brought.name} in`}
      note={`Accounts on the list of ${owner.name} and not on that of ${brought.name}, which ${brought.name} strengthens most.`}
      action={
        <ExportButton operation={listedAccounts} variables={{ where: listed(owner.id, brought.id, false), partners: [owner.id, brought.id], asOf }}
          file={`only-${owner.id.replace(/\W/g, '-')}.csv`} of={`All accounts that only ${owner.name} has`} />
      }>
      {found.nodes.length ? (
        <>
          <Table caption={`Where ${brought.name} could be brought in, the best first`} rows={found.nodes} keyOf={(row) => row.account.id} columns={[
            { name: 'Account', cell: (row) => <NodeLink node={row.account} /> },
            { name: 'To us', cell: (row) => (row.account.population ? POPULATION[row.account.population] : NONE) },
            { name: 'Strength', isNumber: true, cell: (row) => <Score score={row.score} components={row.components} /> },
            { name: 'Why', cell: (row) => <Why account={row.account.id} components={row.components} reasons={1} /> },
          ]} />
          <FirstOf shown={found.nodes.length} total={found.totalCount} />
        </>
      ) : <Empty title="None that is known.">{brought.name} has nothing to do yet with any account that only {owner.name} has.</Empty>}
    </Card>
  );
}
