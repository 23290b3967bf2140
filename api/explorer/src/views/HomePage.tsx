import { bookings, type Bookings, home, type Home, integrationDepth } from '#operations';

import { plusDays, today, useAsOf, yearTo } from '../app/asOf';
import { useQuery } from '../data/useQuery';
import { count, counted, date, decimal, moneys, percent, shareOf } from '../format/format';
import { PARTNER_TYPE_MEANING, PARTNER_TYPES, type PartnerType } from '../format/words';
import { Amounts } from '../parts/Amounts';
import { Dot } from '../parts/Badges';
import { Bars } from '../parts/Bars';
import { Card, Stat } from '../parts/Card';
import { Head } from '../parts/Head';
import { Link } from '../parts/Link';
import { Definition, QueryButton } from '../parts/Query';
import { LoadedCard } from '../parts/QueryCard';
import { Empty, Loading, Problems } from '../parts/States';
import { Signals } from './HomeSignals';

type Ecosystem = Home['ecosystem'];
type Won = Bookings['ecosystem'];

/** The health of the ecosystem at a glance. */
export function HomePage() {
  const asOf = useAsOf();
  const { data, problems, isLoading, retry } = useQuery(home, { asOf });
  const ecosystem = data?.ecosystem;
  return (
    <>
      <Head title={ecosystem?.company ? `${ecosystem.company}'s partner ecosystem` : 'The partner ecosystem'}
        over={ecosystem?.isSynthetic && (
          <span className="badge warn" title="Generated to try everything on: all names are made up.">Synthetic data</span>
        )}
        lead={ecosystem && (
          <p>
            {count(ecosystem.activePartners)} of {counted(ecosystem.signedPartners, 'signed partner')} were active in the
            year to {date(ecosystem.asOf)}, around {counted(ecosystem.activeAccounts, 'active account')}.
          </p>
        )}>
        <QueryButton operation={home} variables={{ asOf }} />
      </Head>
      <Problems problems={problems} retry={retry} />
      {!ecosystem && isLoading && <Loading height={320} what="Reading the ecosystem" />}
      {ecosystem && (
        <div className={isLoading ? 'is-stale' : undefined}>
          {ecosystem.signedPartners + ecosystem.activeAccounts
            ? <Health ecosystem={ecosystem} asOf={asOf} />
            : <Nothing asOf={asOf} />}
        </div>
      )}
    </>
  );
}

function Nothing({ asOf }: { asOf: string | undefined }) {
  return asOf
    ? <Empty title={`Nothing is known of ${date(asOf)}.`}>No partner had joined and no account was active. Choose a later day.</Empty>
    : (
      <Empty title="The graph is empty.">
        Load the synthetic ecosystem with <code>ecograph demo</code>, or your own lists with <code>ecograph import</code>.
      </Empty>
    );
}

function Health({ ecosystem, asOf }: { ecosystem: Ecosystem; asOf: string | undefined }) {
  const year = { asOf, ...yearTo(asOf ?? today()) };
  const won = useQuery(bookings, year);
  const depth = useQuery(integrationDepth, { asOf });
  const define = (title: string, field: string) => (
    <Definition title={title} of={home} part={`ecosystem.${field}`} variables={{ asOf }} />
  );
  const period = `${date(year.from)} to ${date(plusDays(year.to, -1))}`;
  const sums = won.data?.ecosystem;
  const share = sums ? shareOf(sums.partnerSourcedRevenue, sums.wonRevenue) : null;
  return (
    <div className="main-grid">
      <dl className="stats">
        <Stat label="Active partners" value={count(ecosystem.activePartners)}
          definition={define('Active partners', 'activePartners')}
          note={`of ${count(ecosystem.signedPartners)} signed; active means a dated activity within a year`} />
        <Stat label="Partner-sourced bookings" value={sums && <Amounts of={sums.partnerSourcedRevenue} />} isLoading={won.isLoading}
          definition={<Definition title="Partner-sourced bookings" of={bookings} part="ecosystem.partnerSourcedRevenue" variables={year} />}
          note={share === null ? period : `${percent(share)} of all bookings, ${period}`} />
        <Stat label="Partner-sourced pipeline" value={sums && <Amounts of={sums.partnerSourcedPipeline} />} isLoading={won.isLoading}
          definition={<Definition title="Partner-sourced pipeline" of={bookings} part="ecosystem.partnerSourcedPipeline" variables={year} />}
          note="open deals that a partner brought" />
        <Stat label="Integration depth" value={percent(depth.data?.ecosystem.integrationDepth)} isLoading={depth.isLoading}
          definition={<Definition title="Integration depth" of={integrationDepth} part="ecosystem.integrationDepth" variables={{ asOf }} />}
          note="of the integrations that fit an account's products are switched on" />
        <Stat label="Active accounts" value={count(ecosystem.activeAccounts)}
          definition={define('Active accounts', 'activeAccounts')} note={<Link to="accounts">See the accounts</Link>} />
        <Stat label="Integrations" value={count(ecosystem.activeIntegrations)}
          definition={define('Integrations', 'activeIntegrations')}
          note={`available; mean grade ${decimal(ecosystem.meanIntegrationGrade)} of 5`} />
      </dl>
      <Signals asOf={asOf} />
      <div className="columns">
        <Card title="Partners by type" action={define('Partners by type', 'partnersByType')}
          note="Partners that have joined and not left. One with several types counts in each.">
          <Bars caption="Partners by type" unit="Partners" rows={(Object.keys(PARTNER_TYPES) as PartnerType[]).map((type) => {
            const partners = ecosystem.partnersByType.find((one) => one.type === type)?.count ?? 0;
            return { key: type, name: <TypeName type={type} />, value: partners, text: count(partners), colour: type.toLowerCase() };
          })} />
        </Card>
        <LoadedCard title="Bookings of the year" operation={bookings} variables={year} loaded={won}
          note={`Won amounts, ${period}. Sourced: a partner brought the deal. Influenced: a partner touched it later. No deal counts as both.`}>
          {({ ecosystem: found }) => <Shares won={found} />}
        </LoadedCard>
      </div>
    </div>
  );
}

function TypeName({ type }: { type: PartnerType }) {
  return (
    <span className="type-name">
      <Dot of={type.toLowerCase()} />
      <span>{PARTNER_TYPES[type]}</span>
      <span className="muted small">{PARTNER_TYPE_MEANING[type]}</span>
    </span>
  );
}

function Shares({ won }: { won: Won }) {
  const currencies = won.wonRevenue.map((amount) => amount.currency);
  if (!currencies.length) {
    return <Empty title="No deal was won in this year.">Import deals with <code>ecograph import crm</code>, or choose another day.</Empty>;
  }
  return currencies.map((currency) => {
    const rows = [
      { key: 'won', name: 'All', of: won.wonRevenue, colour: 'muted' },
      { key: 'sourced', name: 'Partner-sourced', of: won.partnerSourcedRevenue, colour: 'service' },
      { key: 'influenced', name: 'Partner-influenced', of: won.partnerInfluencedRevenue, colour: 'technology' },
    ];
    return (
      <Bars key={currency} caption={`Bookings in ${currency}`} unit={currency} rows={rows.map(({ of, ...row }) => {
        const amount = of.find((one) => one.currency === currency) ?? { amount: '0', currency };
        return { ...row, value: Number(amount.amount), text: moneys([amount]) };
      })} />
    );
  });
}
