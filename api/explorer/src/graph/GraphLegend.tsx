import { count } from '../format/format';
import { PARTNER_TYPES } from '../format/words';
import { Dot } from '../parts/Badges';
import { type ColourBy, communityLegend, typeColour } from './look';
import type { Network } from './network';

export type LegendEntry = { token: string; name: string; size: number };

/** What each colour means, and how many partners have it. */
export function legendOf(graph: Network, by: ColourBy): LegendEntry[] {
  if (by === 'community') {
    return communityLegend(graph).map(({ token, community, leader, size }) => (
      { token, size, name: community === null ? 'Smaller communities' : `${community + 1}: ${leader} and others` }));
  }
  return (Object.keys(PARTNER_TYPES) as (keyof typeof PARTNER_TYPES)[]).map((type) => ({
    token: type.toLowerCase(), name: PARTNER_TYPES[type],
    size: graph.filterNodes((_, { types }) => typeColour(types) === type.toLowerCase()).length,
  })).filter(({ size }) => size > 0);
}

export function GraphLegend({ entries }: { entries: readonly LegendEntry[] }) {
  return (
    <ul className="legend graph-legend" aria-label="Colours">
      {entries.map(({ token, name, size }) => <li key={token}><Dot of={token} />{name} <span>({count(size)})</span></li>)}
    </ul>
  );
}
