/** A small graph in columns from left to right, with few crossings. */

export type LayeredNode = { id: string; column: number };
export type LayeredEdge = { from: string; to: string };
export type Placed = { id: string; column: number; row: number };

const ROUNDS = 4;

/**
 * Rows for the nodes of each column: every column is sorted by the mean row of the neighbours in the columns beside it,
 * to and fro; ties stay in the order given. Columns are centred on the tallest, so rows may be halves.
 */
export function layered(nodes: readonly LayeredNode[], edges: readonly LayeredEdge[]): Placed[] {
  const used = [...new Set(nodes.map((node) => node.column))].sort((one, other) => one - other);
  const columns = used.map((column) => nodes.filter((node) => node.column === column).map((node) => node.id));
  const neighbours = new Map<string, string[]>(nodes.map((node) => [node.id, []]));
  for (const { from, to } of edges) {
    neighbours.get(from)?.push(to);
    neighbours.get(to)?.push(from);
  }
  for (let round = 0; round < ROUNDS; round++) {
    const order = columns.map((_, at) => at);
    for (const at of round % 2 ? order.reverse() : order) {
      const rows = rowsOf(columns);
      const weight = new Map(columns[at]?.map((id) => [id, mean(neighbours.get(id) ?? [], rows, rows.get(id) ?? 0)]));
      columns[at]?.sort((one, other) => (weight.get(one) ?? 0) - (weight.get(other) ?? 0));
    }
  }
  const tallest = Math.max(0, ...columns.map((column) => column.length));
  return columns.flatMap((column, at) =>
    column.map((id, row) => ({ id, column: at, row: row + (tallest - column.length) / 2 })));
}

function rowsOf(columns: readonly string[][]): Map<string, number> {
  const tallest = Math.max(0, ...columns.map((column) => column.length));
  return new Map(columns.flatMap((column) =>
    column.map((id, row): [string, number] => [id, row + (tallest - column.length) / 2])));
}

function mean(ids: readonly string[], rows: ReadonlyMap<string, number>, otherwise: number): number {
  const known = ids.flatMap((id) => rows.get(id) ?? []);
  return known.length ? known.reduce((sum, row) => sum + row, 0) / known.length : otherwise;
}
