import type { DrawnEdge, DrawnNode } from '../parts/LayeredGraph';
import type { AccountNode } from './AccountPage';

const [PRODUCT, INTEGRATION, PARTNER] = [0, 1, 2];

/** Products in use, the integrations switched on, and the partners behind both, in three columns. */
export function stack(account: Pick<AccountNode, 'products' | 'integrations'>): {
  nodes: DrawnNode[]; edges: DrawnEdge[]; columnNames: string[];
} {
  const nodes = new Map<string, DrawnNode>();
  const edges: DrawnEdge[] = [];
  const partner = (one: { id: string; name: string }, type: string, to: string) => {
    nodes.set(one.id, { ...one, column: PARTNER });
    edges.push({ from: one.id, to, type });
  };
  for (const { node } of account.products.edges) {
    nodes.set(node.id, { id: node.id, name: node.name, column: PRODUCT });
  }
  for (const { node } of account.integrations.edges) {
    nodes.set(node.id, { id: node.id, name: node.name, column: INTEGRATION });
    for (const { id } of node.products.nodes) if (nodes.has(id)) edges.push({ from: node.id, to: id, type: 'CONNECTS' });
    for (const one of node.partners.nodes) partner(one, 'BUILDS', node.id);
  }
  for (const { node } of account.products.edges) {
    for (const one of node.partners.nodes) partner(one, 'OFFERS', node.id);
  }
  const names = ['Products in use', 'Integrations switched on', 'Partners'];
  const columns = new Set([...nodes.values()].map((node) => node.column));
  return { nodes: [...nodes.values()], edges, columnNames: names.filter((_, column) => columns.has(column)) };
}
