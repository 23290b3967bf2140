import { NONE } from '../format/format';
import { NodeLink } from './Link';

/** Names with links, one after the other. */
export function NodeList({ nodes }: { nodes: readonly { id: string; name: string }[] }) {
  if (!nodes.length) return NONE;
  return nodes.map((node, at) => <span key={node.id}>{at > 0 && ', '}<NodeLink node={node} /></span>);
}
