import { partnerMeasures, type PartnerMeasures } from '#operations';

import { pageOf } from '../app/router';
import { useQuery } from '../data/useQuery';
import { covered } from '../format/covered';
import { count, counted, decimal } from '../format/format';
import { StatusBadge, TypeBadges } from '../parts/Badges';
import { Facts } from '../parts/Card';
import { Icon } from '../parts/Icon';
import { Link, NodeLink } from '../parts/Link';
import { NodeList } from '../parts/NodeList';
import { PartnerField } from '../parts/PartnerField';
import { QueryButton } from '../parts/Query';
import { Loading, Problems } from '../parts/States';
import type { Network } from './network';

const SHOWN = 8;

type Props = {
  id: string;
  graph: Network;
  other: string | undefined;
  way: readonly string[] | null | undefined;
  onOther: (id: string | null) => void;
  onClose: () => void;
};

/** What is known of the partner that was chosen in the picture. */
export function PartnerPanel({ id, graph, other, way, onOther, onClose }: Props) {
  const variables = { id };
  const { data, problems, isLoading, retry } = useQuery(partnerMeasures, variables);
  const partner = data?.partner?.id === id ? data.partner : undefined;
  const name = graph.hasNode(id) ? graph.getNodeAttribute(id, 'name') : (partner?.name ?? id);
  return (
    <aside className="graph-panel" aria-label="The chosen partner">
      <div className="card-head">
        <h2><NodeLink node={{ id, name }} /></h2>
        <span className="actions">
          <QueryButton operation={partnerMeasures} variables={variables} of={name} />
          <button type="button" className="button plain icon" aria-label={`Let go of ${name}`} onClick={onClose}><Icon name="close" /></button>
        </span>
      </div>
      <Problems problems={problems} retry={retry} />
      {!partner && isLoading && <Loading height={160} />}
      {partner && (
        <>
          <div className="badges"><TypeBadges types={partner.types} /><StatusBadge status={partner.status} /></div>
          <Numbers partner={partner} of={graph.order} />
        </>
      )}
      {graph.hasNode(id) ? (
        <>
          <Way other={other} way={way} graph={graph} onOther={onOther} />
          <Strongest id={id} graph={graph} />
        </>
      ) : <p className="muted">It is not in the picture: it shares no account and no integration with another partner.</p>}
      <div className="actions">
        <Link className="button" to={pageOf(id)}>Its page</Link>
        <Link className="button" to="what-if" parameters={{ partners: id }}>What if it left?</Link>
      </div>
    </aside>
  );
}

type Partner = NonNullable<PartnerMeasures['partner']>;

function Numbers({ partner, of }: { partner: Partner; of: number }) {
  const { measures, accounts } = partner;
  if (!measures || measures.reason) return <p className="muted">{measures?.reason ?? 'Nothing is measured yet.'}</p>;
  const placed = (value: number | null, rank: number | null) => (
    value === null ? null : <>{decimal(value)} <span className="muted">{rank !== null && `${count(rank)}. of ${count(of)}`}</span></>
  );
  return (
    <Facts facts={[
      ['Accounts', <Link key="accounts" to={`partners/${partner.id}`}>{count(accounts.totalCount)}</Link>],
      ['Ties', measures.degree === null ? null : count(measures.degree)],
      ['PageRank', placed(measures.pageRank, measures.pageRankRank)],
      ['Betweenness', placed(measures.betweenness, measures.betweennessRank)],
      ['Fair share of covered ARR', covered('coverageShapley', measures)],
      ['ARR only this partner covers', covered('coverageLeaveOneOut', measures)],
      ['Without it', measures.isArticulationPoint ? 'a part of the graph falls off' : null],
    ]} />
  );
}

function Way({ other, way, graph, onOther }: Pick<Props, 'other' | 'way' | 'graph' | 'onOther'>) {
  return (
    <div className="graph-way">
      <h3>Way to another partner</h3>
      {!other && <PartnerField label="Way to another partner" placeholder="Name of the other partner" onChoose={onOther} />}
      {way && (
        <p>
          {counted(way.length - 1, 'tie')}:{' '}
          <NodeList nodes={way.map((one) => ({ id: one, name: graph.getNodeAttribute(one, 'name') }))} />
        </p>
      )}
      {other && way === null && <p className="muted">No way leads there: they are in parts of the graph that nothing ties.</p>}
      {other && <button type="button" className="button" onClick={() => onOther(null)}>Take the way away</button>}
    </div>
  );
}

function Strongest({ id, graph }: { id: string; graph: Network }) {
  const ties = graph.mapEdges(id, (_edge, tie, source, target) => ({ ...tie, other: source === id ? target : source }))
    .sort((one, other) => other.weight - one.weight);
  return (
    <>
      <h3>{counted(ties.length, 'tie')}{ties.length > SHOWN && `, the ${SHOWN} strongest`}</h3>
      <ul className="graph-ties">
        {ties.slice(0, SHOWN).map((tie) => (
          <li key={tie.other}>
            <Link to="graph" parameters={{ partner: tie.other }}>{graph.getNodeAttribute(tie.other, 'name')}</Link>
            <span className="muted small">{shared(tie)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** What a tie is made of, in words. */
export function shared({ sharedAccounts, sharedIntegrations }: { sharedAccounts: number; sharedIntegrations: number }): string {
  return [
    sharedAccounts && counted(sharedAccounts, 'account'), sharedIntegrations && counted(sharedIntegrations, 'integration'),
  ].filter(Boolean).join(', ');
}
