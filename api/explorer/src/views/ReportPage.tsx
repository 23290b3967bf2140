import { type Report, report } from '#operations';

import { today, useAsOf, yearTo } from '../app/asOf';
import { useParameters } from '../app/router';
import type { Problem } from '../data/client';
import { counted, date, listed } from '../format/format';
import { POPULATION, SHARING } from '../format/words';
import { TypeBadges } from '../parts/Badges';
import { Card, Facts } from '../parts/Card';
import { Head } from '../parts/Head';
import { Link } from '../parts/Link';
import { PartnerField } from '../parts/PartnerField';
import { QueryButton } from '../parts/Query';
import { Empty, Loading, Problems } from '../parts/States';
import { EventsOverTime } from '../report/EventsOverTime';
import { before, partnerId } from '../report/figures';
import { Foot, Sending } from '../report/Frame';
import { Narrowed } from '../report/Narrowed';
import { Headline, OverlapNumbers } from '../report/OverlapNumbers';
import { Strengthened } from '../report/Strengthened';
import { Sureness } from '../report/Sureness';
import { type Asked, useReport } from '../report/useReport';
import { WithAnother } from '../report/WithAnother';
import { CoSellCard, OnlyThey, OnlyWe } from './OverlapMoves';
import { Performed, PERFORMANCE_NOTE } from './PerformanceCard';
import { ReportPair } from './ReportPair';

const REASONS = 3;

type Node = NonNullable<Report['partner']>;

/** We and one partner, to be sent or printed: `/report?partner=ID`. */
export function ReportPage() {
  const [parameters, change] = useParameters();
  const asOf = useAsOf();
  const partner = partnerId(parameters.get('partner'));
  const other = partnerId(parameters.get('with'));
  const day = asOf ?? today();
  const { from: since } = yearTo(day);
  const { data, problems, isLoading, retry, isNarrowed, unranked } = useReport(partner && !other ? { partner, since, asOf } : null);
  const node = data?.partner;
  if (!partner) {
    return (
      <>
        <Head title="Report" lead="You and one partner on one page, to be sent or printed." />
        <div className="graph-find">
          <PartnerField label="Report with" placeholder="Which partner?" onChoose={(id) => change({ partner: id }, { replace: false })} />
        </div>
        <Empty title="No partner is chosen.">Name one above, or follow “Report” on a partner’s page.</Empty>
      </>
    );
  }
  if (other === partner) {
    return (
      <>
        <Head title="Report on two partners" />
        <Empty title="A report of two partners needs two."><Link to="report" parameters={{ partner }}>That of one</Link> has a field for another.</Empty>
      </>
    );
  }
  if (other) return <ReportPair one={partner} other={other} />;
  return (
    <article className={isLoading && data ? 'report main-grid is-stale' : 'report main-grid'}>
      {!node && <Head title={isLoading ? 'Report' : 'Not found'} />}
      <Problems problems={problems} retry={retry} />
      {!data && isLoading && <Loading height={560} what="Putting the report together" />}
      {data && !node && !isLoading && !problems.length && (
        <Empty title={`There is no partner ${partner}.`}><Link to="report">Choose another</Link>.</Empty>
      )}
      {data && node && (isNarrowed
        ? <Theirs node={node} found={data} day={today()} />
        : <Ours node={node} found={data} asked={{ partner, since, asOf }} day={day} unranked={unranked} />)}
    </article>
  );
}

function Theirs({ node, found, day }: { node: Node; found: Report; day: string }) {
  const title = `The overlap with ${node.name}`;
  return (
    <>
      <Head title={title} lead={<p>As of {date(day)}: what is shared with {node.name}.</p>}><Sending /></Head>
      <Narrowed partner={node.id} name={node.name} found={found} />
      <Foot title={title} day={day} />
    </>
  );
}

type OursProps = { node: Node; found: Report; asked: Asked; day: string; unranked: Problem | undefined };

function Ours({ node, found, asked, day, unranked }: OursProps) {
  const { partner, since, asOf } = asked;
  const { name, performance } = node;
  const title = `${found.ecosystem?.company ?? 'We'} and ${name}`;
  const of = { partner, name, asOf };
  return (
    <>
      <Head title={title} lead={<Lead node={node} found={found} day={day} />}>
        <Sending />
        <Link className="button" to={`partners/${node.id}`}>The partner</Link>
        <WithAnother partner={partner} />
        <QueryButton operation={report} variables={asked} />
      </Head>
      <Headline found={found} />
      <OverlapNumbers {...of} cells={found.overlap} />
      {node.strengthens && <Strengthened {...of} found={node.strengthens} />}
      {unranked && <Problems problems={[unranked]} title="Whom to sell to together, and whom only we have, cannot be ranked." />}
      {found.coSell && <CoSellCard {...of} found={found.coSell} reasons={REASONS} />}
      <div className="columns">
        {found.theirs && <OnlyThey name={name} found={found.theirs} all={{ partner, side: 'THEIRS', asOf }} />}
        {found.ours && <OnlyWe name={name} found={found.ours} all={{ partner, side: 'OURS', asOf }} />}
      </div>
      {found.overlapEvents && <EventsOverTime partner={partner} name={name} since={since} day={day} found={found.overlapEvents} />}
      {performance && <Card title="How deals go with it" note={PERFORMANCE_NOTE}><Performed performance={performance} /></Card>}
      <Sureness name={name} doubtful={found.matches?.totalCount ?? 0} performance={performance} />
      <Foot title={title} day={day} />
    </>
  );
}

function Lead({ node, found, day }: { node: Node; found: Report; day: string }) {
  const dated = (of: string | null | undefined) => of && `${date(of)}, ${before(of, day)}`;
  const changed = found.overlapEvents?.nodes.find((event) => event.since <= day)?.since;
  return (
    <>
      <div className="badges">
        <TypeBadges types={node.types} />
        {node.tier && <span className="badge">{node.tier}</span>}
        {found.ecosystem?.isSynthetic && <span className="badge warn" title="Generated to try everything on: all names are made up.">Synthetic data</span>}
      </div>
      <Facts facts={[
        ['As of', date(day)],
        ['Its account list', `${counted(node.knownAccounts.totalCount, 'account')}; ${changed ? `last changed ${dated(changed)}` : 'unchanged in the year before'}`],
        ['Its last activity', dated(node.lastActivityOn)],
        ['Latest deal with it', dated(node.deals?.nodes[0]?.openedOn)],
      ]} />
      {found.sharing && <Shared name={node.name} rules={found.sharing} />}
    </>
  );
}

/** What of this the partner may know anyway: before the report is handed over. */
function Shared({ name, rules }: { name: string; rules: NonNullable<Report['sharing']> }) {
  const shown = rules.filter(({ level }) => level !== 'HIDDEN');
  const parts = shown.map(({ population, level }) => `${POPULATION[population].toLowerCase()}: ${SHARING[level].toLowerCase()}`);
  return (
    <p className="small">
      <span className="badge warn">Internal</span> It holds more than {name}’s own login sees of our accounts, which is{' '}
      {shown.length ? listed(parts) : 'nothing'}.
    </p>
  );
}
