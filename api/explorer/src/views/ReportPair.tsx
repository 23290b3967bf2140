import { reportPair, type ReportPair as Found, type ReportPairVariables } from '#operations';

import { today, useAsOf } from '../app/asOf';
import { useRanked } from '../data/useRanked';
import { counted, date } from '../format/format';
import { Card, Facts } from '../parts/Card';
import { Head } from '../parts/Head';
import { Link } from '../parts/Link';
import { QueryButton } from '../parts/Query';
import { Empty, Loading, Problems } from '../parts/States';
import { Foot, Sending } from '../report/Frame';
import { Brought, SharedAccounts } from '../report/PairAccounts';
import { PairHeadline, PairNumbers } from '../report/PairNumbers';
import { Between, Lifted } from '../report/PairProducts';

const BY_ARR = [{ by: 'ARR' as const, direction: 'DESC' as const }];

/** Two partners and we, to be sent or printed: `/report?partner=ID&with=ID`. */
export function ReportPair({ one, other }: { one: string; other: string }) {
  const asOf = useAsOf();
  const day = asOf ?? today();
  const { data, problems, isLoading, retry, asked } = useRanked(reportPair, { one, other, asOf, order: BY_ARR }, { order: undefined });
  const unknown = data && [data.one ? '' : one, data.other ? '' : other].filter(Boolean);
  return (
    <article className={isLoading && data ? 'report main-grid is-stale' : 'report main-grid'}>
      {!(data?.one && data.other) && <Head title={isLoading ? 'Report' : problems.length ? 'Report on two partners' : 'Not found'} />}
      <Problems problems={problems} title="This report cannot be made." retry={retry} />
      {!data && isLoading && <Loading height={560} what="Putting the report together" />}
      {!!unknown?.length && !isLoading && !problems.length && (
        <Empty title={`There is no partner ${unknown.join(', nor ')}.`}><Link to="report">Choose another</Link>.</Empty>
      )}
      {data?.one && data.other && asked && <Pair found={data} one={data.one} other={data.other} day={day} asOf={asOf} asked={asked} />}
    </article>
  );
}

type Partner = NonNullable<Found['one']>;
type Props = { found: Found; one: Partner; other: Partner; day: string; asOf: string | undefined; asked: ReportPairVariables };

function Pair({ found, one, other, day, asOf, asked }: Props) {
  const pair = { one, other };
  const title = `${one.name} and ${other.name}`;
  return (
    <>
      <Head title={title} lead={<Lead found={found} one={one} other={other} day={day} />}>
        <Sending />
        <Link className="button" to="report" parameters={{ partner: one.id }}>{one.name} alone</Link>
        <Link className="button" to="report" parameters={{ partner: other.id }}>{other.name} alone</Link>
        <QueryButton operation={reportPair} variables={asked} />
      </Head>
      <PairHeadline {...pair} cells={found.overlap} />
      <PairNumbers {...pair} cells={found.overlap} asOf={asOf} />
      <SharedAccounts {...pair} found={found.accounts} />
      <Brought one={one} other={other} asOf={asOf} found={other.brings} />
      <Brought one={other} other={one} asOf={asOf} found={one.brings} />
      <Between {...pair} found={found.integrations} />
      <Lifted {...pair} lifts={[one.lifts, other.lifts]} why={one.anyLifts.reason && other.anyLifts.reason} />
      <Sureness />
      <Foot title={title} day={day} />
    </>
  );
}

function Lead({ found, one, other, day }: Pick<Props, 'found' | 'one' | 'other' | 'day'>) {
  const list = ({ name, knownAccounts }: Partner) => [`List of ${name}`, counted(knownAccounts.totalCount, 'account')] as const;
  return (
    <>
      <Facts facts={[['As of', date(day)], ['Seen from', found.ecosystem?.company], list(one), list(other)]} />
      <p className="small">
        <span className="badge warn">Internal</span>{' '}
        {found.ecosystem?.isSynthetic && <span className="badge warn">Synthetic data</span>}{' '}
        Each partner gave its list to you, not to the other: ask both before you hand this over.
      </p>
    </>
  );
}

function Sureness() {
  return (
    <Card title="How sure this is">
      <ul className="reasons">
        <li><strong>Overlap.</strong> The same company on both lists is told by internet domains and DUNS numbers first, then by names; each counts once.</li>
        <li><strong>Amounts.</strong> Sums of ARR are today’s, whatever the day of the report; that of an account is of the day where its history was imported. Open amounts are of deals open on that day, as your CRM has them.</li>
        <li><strong>Strength.</strong> A sum by stated rules over what is in the graph, not a forecast: no account stays or buys because of a score.</li>
        <li><strong>Who lifts whom.</strong> As of the last run of the measures, over all accounts. Accounts that take on both may be such as take on much.</li>
      </ul>
    </Card>
  );
}
