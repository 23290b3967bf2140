import {
  coSellList, overlapMoves, type OverlapMoves as Moves, whiteSpaceList, type WhiteSpaceListVariables,
} from '#operations';
import type { ReactNode } from 'react';

import { today, yearTo } from '../app/asOf';
import { useRanked } from '../data/useRanked';
import { counted, date, decimal, listed, money, moneys, NONE } from '../format/format';
import { POPULATION } from '../format/words';
import { Card } from '../parts/Card';
import { ExportButton } from '../parts/ExportButton';
import { NodeLink } from '../parts/Link';
import { QueryButton } from '../parts/Query';
import { Empty, Loading, Problems } from '../parts/States';
import { FirstOf, Table } from '../parts/Table';

export const HAPPENED = { APPEARED: 'came onto the list', LEFT: 'left the list', MOVED: 'moved' } as const;

type Props = { partner: string; name: string; asOf: string | undefined };

/** What to do next with one partner. */
export function OverlapMoves({ partner, name, asOf }: Props) {
  const variables = { partner, since: yearTo(asOf ?? today()).from, asOf };
  const { data, problems, isLoading, retry, unranked } = useRanked(overlapMoves, variables, { order: [], unranked: true });
  return (
    <>
      <Problems problems={problems} retry={retry} />
      {!data && isLoading && <Loading height={360} what="Looking for accounts to sell to together" />}
      {data && (
        <>
          {unranked && <Problems problems={[unranked]} title="Whom to sell to together cannot be ranked." />}
          {data.coSell && (
            <CoSellCard partner={partner} name={name} asOf={asOf} found={data.coSell}
              action={<QueryButton operation={overlapMoves} variables={variables} of="Whom to sell to together" />} />
          )}
          <div className="columns">
            <OnlyThey name={name} found={data.theirs} all={{ partner, side: 'THEIRS', asOf }} />
            <OnlyWe name={name} found={data.ours} all={{ partner, side: 'OURS', asOf }} />
          </div>
          <Events name={name} found={data.overlapEvents} />
        </>
      )}
    </>
  );
}

type CoSellFound = NonNullable<Moves['coSell']>;
type CoSellProps = Props & { found: CoSellFound; reasons?: number; action?: ReactNode };

/** Whom to sell to together, the best first; of what each rests on, so many are named. */
export function CoSellCard({ partner, name, asOf, found, reasons, action }: CoSellProps) {
  return (
    <Card title="Whom to sell to together" note={`Prospects, and accounts with an open deal, that ${name} strengthens; by strength × open amount.`}
      action={
        <>
          {action}
          {found.nodes.length > 0 && (
            <ExportButton operation={coSellList} variables={{ partner, asOf }} file="co-sell.csv" of="Whom to sell to together" />
          )}
        </>
      }>
      <CoSell found={found} reasons={reasons} />
    </Card>
  );
}

function CoSell({ found, reasons }: Pick<CoSellProps, 'found'> & { reasons: number | undefined }) {
  if (!found.nodes.length) return <Empty title="None now.">It strengthens no prospect, and no account with an open deal.</Empty>;
  return (
    <>
      <Table caption="Accounts to sell to together, the best first" rows={found.nodes} keyOf={(row) => row.account.id} columns={[
        { name: 'Account', cell: (row) => <NodeLink node={row.account} /> },
        { name: 'To us', cell: (row) => (row.ours ? POPULATION[row.ours] : NONE) },
        { name: 'To them', cell: (row) => (row.theirs ? POPULATION[row.theirs] : NONE) },
        { name: 'Strength', isNumber: true, cell: (row) => decimal(row.strength) },
        { name: 'Open amount', isNumber: true, cell: (row) => moneys(row.openAmount) },
        { name: 'Because of', cell: (row) => <div className="reason">{because(beside(row), reasons)}</div> },
      ]} />
      <FirstOf shown={found.nodes.length} total={found.totalCount} />
    </>
  );
}

/** What a row rests on beside its own account, where there is more. */
function beside({ account, because: nodes }: CoSellFound['nodes'][number]): readonly { name: string }[] {
  const others = nodes.filter((node) => node.id !== account.id);
  return others.length ? others : nodes;
}

/** The first of several names, and how many more there are. */
export function because(nodes: readonly { name: string }[], most = 1): string {
  const names = nodes.slice(0, most).map((node) => node.name);
  return listed([...names, ...(nodes.length > most ? [`${nodes.length - most} more`] : [])]) || NONE;
}

type Only<Found> = { name: string; found: Found; all: WhiteSpaceListVariables };

/** Their white space: accounts to be won from their list. */
export function OnlyThey({ name, found, all }: Only<Moves['theirs']>) {
  return (
    <Card title={`Accounts only ${name} has`} note="On its list, and nothing to us: white space."
      action={found.nodes.length > 0 && (
        <ExportButton operation={whiteSpaceList} variables={all} file="accounts-only-they-have.csv" of={`Accounts only ${name} has`} />
      )}>
      {found.nodes.length ? (
        <>
          <Table caption="Accounts only they have" rows={found.nodes} keyOf={(node) => node.id} columns={[
            { name: 'Account', cell: (node) => <NodeLink node={node} /> },
            { name: 'Domain', cell: (node) => node.domain ?? NONE },
            { name: 'Industry', cell: (node) => node.industry ?? NONE },
          ]} />
          <FirstOf shown={found.nodes.length} total={found.totalCount} />
        </>
      ) : <Empty title="None: we know all accounts on its list." />}
    </Card>
  );
}

/** Ours: accounts that they could win from us. */
export function OnlyWe({ name, found, all }: Only<Moves['ours']>) {
  return (
    <Card title="Accounts only we have" note={`Ours, and not on the list of ${name}.`}
      action={found.nodes.length > 0 && (
        <ExportButton operation={whiteSpaceList} variables={all} file="accounts-only-we-have.csv" of="Accounts only we have" />
      )}>
      {found.nodes.length ? (
        <>
          <Table caption="Accounts only we have" rows={found.nodes} keyOf={(node) => node.id} columns={[
            { name: 'Account', cell: (node) => <NodeLink node={node} /> },
            { name: 'To us', cell: (node) => (node.population ? POPULATION[node.population] : NONE) },
            { name: 'ARR', isNumber: true, cell: (node) => (node.arr ? money(node.arr, 'short') : NONE) },
          ]} />
          <FirstOf shown={found.nodes.length} total={found.totalCount} />
        </>
      ) : <Empty title="None: all of ours are on its list." />}
    </Card>
  );
}

function Events({ name, found }: { name: string; found: Moves['overlapEvents'] }) {
  return (
    <Card title="In the past year" note={`${counted(found.totalCount, 'change')} of the list of ${name}; the latest first.`}>
      {found.nodes.length ? (
        <>
          <Table caption="Changes of the list" rows={found.nodes} keyOf={(row) => `${row.account.id} ${row.since}`} columns={[
            { name: 'Account', cell: (row) => <NodeLink node={row.account} /> },
            { name: 'What', cell: (row) => HAPPENED[row.kind] },
            { name: 'As', cell: (row) => POPULATION[row.population] },
            { name: 'On', cell: (row) => <span className="nowrap">{date(row.since)}</span> },
          ]} />
          <FirstOf shown={found.nodes.length} total={found.totalCount} />
        </>
      ) : <Empty title="Nothing changed on it." />}
    </Card>
  );
}
