import { robustness, type Robustness } from '#operations';
import { lazy, Suspense, useMemo } from 'react';

import { useParameters } from '../app/router';
import { count, percent } from '../format/format';
import { choice } from './ListPage';
import { QueryCard } from './QueryCard';
import { Empty, Loading } from './States';
import { Table } from './Table';

const LineChart = lazy(() => import('./LineChart').then((part) => ({ default: part.LineChart })));
const HEIGHT = 280;

const ORDERS = { SHAPLEY: 'Largest fair share first', DEGREE: 'Most accounts first', GREEDY: 'Most harmful first' } as const;

/** How much the ecosystem depends on a few partners: what stays covered as they leave, one after the other. */
export function RobustnessCard({ asOf }: { asOf: string | undefined }) {
  const [parameters, change] = useParameters();
  const order = choice(parameters.get('order') ?? undefined, ORDERS) ?? 'SHAPLEY';
  return (
    <QueryCard title="If partners left one after the other" operation={robustness} variables={{ order, asOf }} height={HEIGHT + 60}
      note="The share of the covered value that some partner still covers. The faster the line falls below that of a random order, the more hangs on a few.">
      {({ ecosystem: { robustness: found, atRandom } }) => (found && atRandom ? (
        <>
          <div className="filters">
            <label>
              Who leaves first
              <select className="field" value={order} onChange={(event) => change({ order: event.target.value === 'SHAPLEY' ? null : event.target.value })}>
                {Object.entries(ORDERS).map(([key, name]) => <option key={key} value={key}>{name}</option>)}
              </select>
            </label>
          </div>
          <Curve name={ORDERS[order]} found={found} random={atRandom} />
        </>
      ) : <Empty title="No account has a partner." />)}
    </QueryCard>
  );
}

type Points = { points: { removed: number; coveredShare: number }[] };

function Curve({ name, found, random }: { name: string; found: NonNullable<Robustness['ecosystem']['robustness']>; random: Points }) {
  const value = found.basis === 'ARR' ? 'ARR' : 'accounts';
  const lines = useMemo(() => [
    { name, token: 'series-1', points: placed(found) },
    { name: 'Random order', token: 'series-rest', isDashed: true, points: placed(random) },
  ], [name, found, random]);
  const at = new Map(random.points.map((point) => [point.removed, point.coveredShare]));
  return (
    <>
      <ul className="legend">
        <li><span className="stroke" style={{ borderColor: 'var(--series-1)' }} aria-hidden="true" />{name} (mean {percent(found.rIndex)})</li>
        <li>
          <span className="stroke dashed" style={{ borderColor: 'var(--series-rest)' }} aria-hidden="true" />
          Random order (mean {percent(found.rIndexRandom)})
        </li>
      </ul>
      <Suspense fallback={<Loading height={HEIGHT} />}>
        <LineChart label={`Share of covered ${value} by partners that have left: the table below says the same.`} height={HEIGHT}
          x="Partners that have left" y={`Covered ${value} (%)`} lines={lines} isShare isWhole />
      </Suspense>
      <details>
        <summary>The curve as a table</summary>
        <div className="tall">
          <Table caption="Covered share by partners that have left" rows={found.points} keyOf={(point) => String(point.removed)} columns={[
            { name: 'Partners that have left', cell: (point) => count(point.removed) },
            { name, isNumber: true, cell: (point) => percent(point.coveredShare) },
            { name: 'Random order', isNumber: true, cell: (point) => percent(at.get(point.removed)) },
          ]} />
        </div>
      </details>
    </>
  );
}

function placed({ points }: Points): { x: number; y: number }[] {
  return points.map(({ removed, coveredShare }) => ({ x: removed, y: coveredShare }));
}
