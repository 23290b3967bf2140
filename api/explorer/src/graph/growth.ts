/** How the partner graph grew: which of its partners and ties were there in an earlier month. */
import type { Network } from './network';

/** The months, `2024-03`, from the first in which a partner joined or a tie began to the last; none where no dates are known. */
export function monthsOf(graph: Network): string[] {
  const days = [...graph.mapNodes((_, { joinedOn }) => joinedOn), ...graph.mapEdges((_, { since }) => since)];
  const known = days.filter((day) => day !== null).map(monthOf).sort();
  const [first, last] = [known[0], known.at(-1)];
  const months: string[] = [];
  if (first && last) for (let month = first; month <= last; month = after(month)) months.push(month);
  return months;
}

/** The graph of those who had joined by the end of a month, and of the ties that had begun; what has no date is always there. */
export function grown(graph: Network, month: string): Network {
  const there = graph.copy() as Network;
  graph.forEachNode((id, { joinedOn }) => {
    if (joinedOn !== null && monthOf(joinedOn) > month) there.dropNode(id);
  });
  graph.forEachEdge((edge, { since }) => {
    if (since !== null && monthOf(since) > month && there.hasEdge(edge)) there.dropEdge(edge);
  });
  return there;
}

function monthOf(day: string): string {
  return day.slice(0, 7);
}

function after(month: string): string {
  const next = new Date(`${month}-01T00:00:00Z`);
  next.setUTCMonth(next.getUTCMonth() + 1);
  return next.toISOString().slice(0, 7);
}
