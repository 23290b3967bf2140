import { concentration, networkEffect, retentionLift, trend, type Trend } from '#operations';
import { lazy, type ReactNode, Suspense, useMemo } from 'react';

import { plusDays, today } from '../app/asOf';
import type { Operation } from '../data/client';
import { useQuery } from '../data/useQuery';
import { growthInWords, interval, liftInWords } from '../format/estimate';
import { count, date, decimal, NONE, percent } from '../format/format';
import { Stat } from '../parts/Card';
import { Link } from '../parts/Link';
import { Definition } from '../parts/Query';
import { QueryCard } from '../parts/QueryCard';
import { Empty, Loading, Problems } from '../parts/States';
import { Table } from '../parts/Table';

const LineChart = lazy(() => import('../parts/LineChart').then((part) => ({ default: part.LineChart })));
const HEIGHT = 160;
const YEARS = 3;

type Asked = { asOf: string | undefined };

/** What the whole shows beyond counts: each with what it means, how sure it is, and why it may be missing. */
export function Signals({ asOf }: Asked) {
  return (
    <>
      <dl className="stats">
        <Signal title="Retention with integration" field="retentionLift" operation={retentionLift} variables={{ asOf }}>
          {({ ecosystem: { retentionLift: found } }) => (found
            ? { value: found.rateRatio.value === null ? NONE : `× ${decimal(found.rateRatio.value)}`, note: liftInWords(found) }
            : { value: NONE, note: 'There is no customer to compare.' })}
        </Signal>
        <Signal title="Network-effect exponent" field="networkEffect" operation={networkEffect} variables={{ asOf }}>
          {({ ecosystem: { networkEffect: found } }) => (found
            ? {
              value: decimal(found.exponent.value),
              note: [growthInWords(found.exponent), interval(found.exponent)].filter(Boolean).join('; '),
            }
            : { value: NONE, note: 'Nothing is dated.' })}
        </Signal>
        <Signal title="Concentration" field="concentration" operation={concentration} variables={{ asOf }}>
          {({ ecosystem: { concentration: found } }) => (found
            ? {
              value: percent(found.topShare),
              note: (
                <>
                  of the {found.basis === 'ARR' ? 'ARR' : 'accounts'} that partners cover is the fair share of the ten largest
                  (HHI {decimal(found.hhi)}). <Link to="what-if">What if they left?</Link>
                </>
              ),
            }
            : { value: NONE, note: 'No account has a partner.' })}
        </Signal>
      </dl>
      <Trends asOf={asOf} />
    </>
  );
}

type SignalProps<Data> = {
  title: string;
  field: string;
  operation: Operation<Data, { asOf?: string | null | undefined }>;
  variables: Asked;
  children: (data: Data) => { value: ReactNode; note: ReactNode };
};

/** One number with a query of its own, so that the others do not wait for it. */
function Signal<Data>({ title, field, operation, variables, children }: SignalProps<Data>) {
  const { data, problems, isLoading, retry } = useQuery(operation, variables);
  const shown = data && children(data);
  return (
    <Stat label={title} isLoading={!data && isLoading} value={shown?.value} note={problems.length
      ? <Problems problems={problems} retry={retry} /> : shown?.note}
      definition={<Definition title={title} of={operation} part={`ecosystem.${field}`} variables={variables} />} />
  );
}

const SERIES = [
  { field: 'activePartners', name: 'Active partners', token: 'partner' },
  { field: 'activeAccounts', name: 'Active accounts', token: 'account' },
  { field: 'integrationDepth', name: 'Integration depth', token: 'integration', isShare: true },
] as const;

function Trends({ asOf }: Asked) {
  const to = plusDays(asOf ?? today(), 1);
  const variables = { asOf, from: String(Number(to.slice(0, 4)) - YEARS) + to.slice(4, 8) + '01', to };
  return (
    <QueryCard title="Trend" operation={trend} variables={variables} height={HEIGHT + 48}
      note={`On the first day of each quarter since ${date(variables.from)}.`}>
      {({ ecosystem: { timeline } }) => (timeline.length ? <Charts points={timeline} /> : <Empty title="No quarter began in this time." />)}
    </QueryCard>
  );
}

function Charts({ points }: { points: Trend['ecosystem']['timeline'] }) {
  const charts = useMemo(() => SERIES.map((series) => ({
    ...series,
    points: points.flatMap((point) => {
      const value = point[series.field];
      return value === null ? [] : [{ x: new Date(point.asOf), y: value }];
    }),
  })).map((series) => ({ series, lines: [series] })), [points]);
  return (
    <>
      <div className="trends">
        {charts.map(({ series, lines }) => (
          <figure key={series.field}>
            <figcaption className="stat-label">{series.name}</figcaption>
            <Suspense fallback={<Loading height={HEIGHT} />}>
              <LineChart label={`${series.name} by quarter: the table below says the same.`} {...('isShare' in series && { y: '%' })}
                lines={lines} isShare={'isShare' in series} height={HEIGHT} />
            </Suspense>
          </figure>
        ))}
      </div>
      <details>
        <summary>The trend as a table</summary>
        <Table caption="The trend by quarter" rows={points} keyOf={(point) => point.asOf} columns={[
          { name: 'Day', cell: (point) => date(point.asOf) },
          { name: 'Active partners', isNumber: true, cell: (point) => count(point.activePartners) },
          { name: 'Active accounts', isNumber: true, cell: (point) => count(point.activeAccounts) },
          { name: 'Integration depth', isNumber: true, cell: (point) => percent(point.integrationDepth) },
        ]} />
      </details>
    </>
  );
}
