import { count } from '../format/format';
import { PARTNER_TYPES } from '../format/words';
import { Dot } from '../parts/Badges';
import { type ColourBy, communityLegend, type Radii, typeColour } from './look';
import type { Network } from './network';
import { type Basis, type SizeBy, SIZES, sizeWord } from './sizes';

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

type SizeProps = { by: SizeBy; sizes: Radii; basis: Basis };

/** What a dot's size means: the largest value, and a quarter of it. */
export function SizeLegend({ by, sizes, basis }: SizeProps) {
  const values = sizes.most ? [sizes.most / 4, sizes.most].map((value) => (Number.isInteger(sizes.most) ? Math.ceil(value) : value)) : [];
  return (
    <ul className="legend graph-legend" aria-label="Sizes">
      <li>Size: {SIZES[by]}{!values.length && ', which none has'}</li>
      {[...new Set(values)].map((value) => {
        const radius = sizes.ofValue(value);
        return (
          <li key={value}>
            <svg className="graph-size" aria-hidden="true" width={2 * radius} height={2 * radius}><circle cx={radius} cy={radius} r={radius} /></svg>
            {sizeWord(by, value, basis)}
          </li>
        );
      })}
    </ul>
  );
}
