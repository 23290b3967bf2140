import { Icon } from './Icon';
import { PartnerField } from './PartnerField';

type Props = {
  label: string;
  /** What the field for one more asks. */
  field: string;
  /** What taking a partner away is called. */
  away: string;
  ids: readonly string[];
  names: ReadonlyMap<string, string>;
  onChange: (ids: readonly string[]) => void;
};

/** Partners of one's choice, each with a way to take it away, and a field for one more. */
export function ChosenPartners({ label, field, away, ids, names, onChange }: Props) {
  const without = (id: string) => ids.filter((one) => one !== id);
  return (
    <div className="chosen" role="group" aria-label={label}>
      {ids.map((id) => (
        <button key={id} type="button" className="chip" aria-label={`${away} ${names.get(id) ?? id}`} onClick={() => onChange(without(id))}>
          {names.get(id) ?? id}<Icon name="close" />
        </button>
      ))}
      <div className="graph-find">
        <PartnerField label={field} placeholder={ids.length ? 'Another partner' : 'Which partner?'}
          onChoose={(id) => onChange([...without(id), id])} />
      </div>
      {ids.length > 1 && <button type="button" className="button plain" onClick={() => onChange([])}>Clear</button>}
    </div>
  );
}
