import type { ReactNode } from 'react';

import { pageOf } from '../app/router';
import { decimal } from '../format/format';
import { STRENGTH, type StrengthKind } from '../format/words';
import { colour, Dot } from './Badges';
import { Icon } from './Icon';
import { type DrawnEdge, type DrawnNode, LayeredGraph } from './LayeredGraph';
import { Link, NodeLink } from './Link';

export type Named = { id: string; name: string };
export type Component = { kind: StrengthKind; score: number; weight: number; because: Named[] };
type Edge = { type: string; from: string; to: string };
export type Strength = { score: number; components: Component[]; evidence: { nodes: Named[]; edges: Edge[] }[] };

/** The token that colours a component. */
export const STRENGTH_COLOUR: Record<StrengthKind, string> = {
  ROLE: 'role', PRODUCT: 'product-in-use', INTEGRATION: 'integration-on', REINFORCEMENT: 'reinforcement',
  DEAL: 'deal-with', SHARED_CUSTOMER: 'shared-customer',
};

/** Strengths of one partner or account, each with what it is made of and the ways it rests on. */
export function Strengths({ rows, name }: { rows: readonly { other: Named; strength: Strength }[]; name: string }) {
  const kinds = [...new Set(rows.flatMap((row) => row.strength.components.map((component) => component.kind)))];
  return (
    <>
      <StrengthLegend kinds={kinds} />
      <div>
        {rows.map(({ other, strength }, at) => (
          <details key={other.id} className="strength" open={at === 0}>
            <summary>
              <span className="chevron"><Icon name="chevron" /></span>
              <span>{other.name}</span>
              <StrengthBar components={strength.components} />
              <span className="number">{decimal(strength.score)}</span>
            </summary>
            <div className="strength-body">
              <p><Link to={pageOf(other.id)}>Open {other.name}</Link></p>
              <Because components={strength.components} />
              <Evidence strength={strength} title={`How ${name} and ${other.name} are joined`} />
            </div>
          </details>
        ))}
      </div>
    </>
  );
}

export function StrengthLegend({ kinds }: { kinds: readonly StrengthKind[] }) {
  return (
    <ul className="legend">
      {(Object.keys(STRENGTH) as StrengthKind[]).filter((kind) => kinds.includes(kind)).map((kind) => (
        <li key={kind}><Dot of={STRENGTH_COLOUR[kind]} square />{STRENGTH[kind]}</li>
      ))}
    </ul>
  );
}

/** Components side by side, each as much as it adds; the full width is a score of 1. */
export function StrengthBar({ components }: { components: readonly Component[] }) {
  return (
    <span className="bar" aria-hidden="true">
      {components.map((component) => (
        <span key={component.kind} title={STRENGTH[component.kind]}
          style={{ ...colour(STRENGTH_COLOUR[component.kind]), width: `${100 * component.score * component.weight}%` }} />
      ))}
    </span>
  );
}

export function Because({ components }: { components: readonly Component[] }): ReactNode {
  return (
    <ul className="because">
      {components.map((component) => (
        <li key={component.kind}>
          <span><Dot of={STRENGTH_COLOUR[component.kind]} square /> {STRENGTH[component.kind]}</span>
          <span>
            {component.because.map((node, at) => (
              <span key={node.id}>{at > 0 && ', '}<NodeLink node={node} /></span>
            ))}
          </span>
          <span className="number muted" title={`${decimal(component.score)} of 1, with a weight of ${decimal(component.weight)}`}>
            +{decimal(component.score * component.weight)}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Evidence({ strength, title }: { strength: Strength; title: string }) {
  const { nodes, edges } = evidence(strength.evidence);
  if (!edges.length) return null;
  return <LayeredGraph title={title} nodes={nodes} edges={edges} />;
}

/** Paths put together into one graph: a node stands in the column of its place on the longest path through it. */
export function evidence(paths: Strength['evidence']): { nodes: DrawnNode[]; edges: DrawnEdge[] } {
  const longest = Math.max(0, ...paths.map((path) => path.edges.length));
  const nodes = new Map<string, DrawnNode>();
  const edges = new Map<string, DrawnEdge>();
  for (const path of paths) {
    path.nodes.forEach(({ id, name }, at) => {
      const isLast = at === path.nodes.length - 1;
      const column = isLast ? longest : Math.max(at, nodes.get(id)?.column ?? 0);
      nodes.set(id, { id, name, column });
    });
    for (const edge of path.edges) edges.set(`${edge.from} ${edge.type} ${edge.to}`, edge);
  }
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}
