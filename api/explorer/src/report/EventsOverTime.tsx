import { overlapEventList, type Report } from '#operations';

import { count, date, monthOf } from '../format/format';
import { POPULATION } from '../format/words';
import { Bars } from '../parts/Bars';
import { Card } from '../parts/Card';
import { ExportButton } from '../parts/ExportButton';
import { NodeLink } from '../parts/Link';
import { Empty } from '../parts/States';
import { FirstOf, Table } from '../parts/Table';
import { HAPPENED } from '../views/OverlapMoves';
import { byMonth, type Month } from './figures';

const LATEST = 10;

type Props = { partner: string; name: string; since: string; day: string; found: NonNullable<Report['overlapEvents']> };

/** What came onto the partner's list and left it in the year up to a day. */
export function EventsOverTime({ partner, name, since, day, found }: Props) {
  const events = found.nodes.filter((event) => event.since <= day);
  const unread = found.totalCount - found.nodes.length;
  const from = unread > 0 ? (found.nodes.at(-1)?.since ?? since) : since;
  const months = byMonth(events, from, day);
  return (
    <Card title="Its list in the year" note={`From ${date(from)} to ${date(day)}${unread > 0 ? `; ${count(unread)} earlier changes of the year are not read here` : ''}.`}
      action={found.totalCount > 0 && (
        <ExportButton operation={overlapEventList} variables={{ partner, since }} file="list-changes.csv" of={`Changes of the list of ${name}`} />
      )}>
      {events.length ? (
        <div className="columns">
          <Bars caption="Changes of the list by month" unit="Changes" rows={months.map((month) => (
            { key: month.month, name: <span className="nowrap">{monthOf(month.month)}</span>, value: month.came + month.left + month.moved, text: inWords(month) }))} />
          <div>
            <Table caption="The latest changes of the list" rows={events.slice(0, LATEST)} keyOf={(row) => `${row.account.id} ${row.since} ${row.kind}`} columns={[
              { name: 'Account', cell: (row) => <NodeLink node={row.account} /> },
              { name: 'What', cell: (row) => `${HAPPENED[row.kind]}, as ${POPULATION[row.population].toLowerCase()}` },
              { name: 'On', cell: (row) => <span className="nowrap">{date(row.since)}</span> },
            ]} />
            <FirstOf shown={Math.min(LATEST, events.length)} total={events.length} />
          </div>
        </div>
      ) : <Empty title="Nothing changed on it." />}
    </Card>
  );
}

function inWords({ came, left, moved }: Month): string {
  const parts = [came && `${count(came)} came`, left && `${count(left)} left`, moved && `${count(moved)} moved`];
  return parts.filter((part) => typeof part === 'string').join(', ') || '0';
}
