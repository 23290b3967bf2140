import { count } from '../format/format';
import { PARTNER_TYPES, type PartnerType } from '../format/words';
import type { Parameters } from '../app/router';
import { PartnerField } from '../parts/PartnerField';
import type { ColourBy } from './look';
import { type Segment, SEGMENTS } from './segments';
import { type SizeBy, SIZES } from './sizes';

type Props = {
  type: PartnerType | undefined;
  community: number | undefined;
  communities: readonly { community: number; size: number }[];
  colourBy: ColourBy;
  sizeBy: SizeBy;
  segment: Segment | undefined;
  onChange: (changes: Parameters) => void;
  onChoose: (id: string) => void;
};

/** What is shown of the graph, and how it is drawn. */
export function Controls({ type, community, communities, colourBy, sizeBy, segment, onChange, onChoose }: Props) {
  const numbers = Object.fromEntries(communities.map((one) => [one.community + 1, `${one.community + 1} (${count(one.size)})`]));
  return (
    <div className="filters" role="group" aria-label="What is shown">
      <div className="graph-find">
        <PartnerField label="Find a partner in the picture" placeholder="Find a partner" onChoose={onChoose} />
      </div>
      <Choice label="Type" value={type} none="All" options={PARTNER_TYPES} onChoose={(one) => onChange({ type: one, page: null })} />
      <Choice label="Community" value={community === undefined ? undefined : String(community + 1)} none="All" options={numbers}
        onChoose={(one) => onChange({ community: one, page: null })} />
      <Choice label="Arrange by" value={segment} none="Force" options={SEGMENTS} onChoose={(one) => onChange({ arrange: one })} />
      <Choice label="Size by" value={sizeBy} options={SIZES} onChoose={(one) => onChange({ size: one === 'pageRank' ? null : one, page: null })} />
      <Choice label="Colour by" value={colourBy} options={{ community: 'Community', type: 'Type' }}
        onChoose={(one) => onChange({ colour: one === 'type' ? 'type' : null })} />
    </div>
  );
}

type ChoiceProps = {
  label: string;
  value: string | undefined;
  /** What it is called that nothing is chosen, where that can be. */
  none?: string;
  options: Readonly<Record<string, string>>;
  onChoose: (value: string) => void;
};

function Choice({ label, value, none, options, onChoose }: ChoiceProps) {
  return (
    <label>
      {label}
      <select className="field" value={value ?? ''} onChange={(event) => onChoose(event.target.value)}>
        {none !== undefined && <option value="">{none}</option>}
        {Object.entries(options).map(([key, word]) => <option key={key} value={key}>{word}</option>)}
      </select>
    </label>
  );
}
