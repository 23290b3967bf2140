import { partnerSharing, type PartnerSharing, setSharing } from '#operations';

import { changed, useChange, useQuery } from '../data/useQuery';
import { POPULATION, SHARED_FIELDS, SHARING } from '../format/words';
import { LoadedCard } from '../parts/QueryCard';
import { Problems } from '../parts/States';
import { Table } from '../parts/Table';

type Rule = PartnerSharing['sharing'][number];
type Field = keyof typeof SHARED_FIELDS;

const LEVELS = Object.keys(SHARING) as Rule['level'][];
const FIELDS = Object.keys(SHARED_FIELDS) as Field[];

/** What the partner's own login sees of our accounts, to be changed on the spot. */
export function SharingCard({ id, name }: { id: string; name: string }) {
  const variables = { id };
  const loaded = useQuery(partnerSharing, variables);
  const { isBusy, failed, tell } = useChange(loaded.retry);
  const set = (rule: Rule) => tell(changed(setSharing, { partner: id, ...rule }));
  return (
    <LoadedCard title="What it sees of us" operation={partnerSharing} variables={variables} loaded={loaded}
      note={`What a login of ${name} sees of our accounts, beside its own lists. Counts below 5 are withheld, and with them what would give them away.`}>
      {({ sharing }) => (
        <>
          <Problems problems={failed} />
          <Table caption={`What is shared with ${name}`} rows={sharing} keyOf={(rule) => rule.population} columns={[
            { name: 'Our accounts', cell: (rule) => POPULATION[rule.population] },
            {
              name: 'Its login sees',
              cell: (rule) => (
                <select className="field" aria-label={`${POPULATION[rule.population]}: its login sees`} value={rule.level} disabled={isBusy}
                  onChange={(event) => set({ ...rule, level: event.target.value as Rule['level'] })}>
                  {LEVELS.map((level) => <option key={level} value={level}>{SHARING[level]}</option>)}
                </select>
              ),
            },
            { name: 'Of each, beside name and domains', cell: (rule) => <Fields rule={rule} isBusy={isBusy} set={set} /> },
          ]} />
        </>
      )}
    </LoadedCard>
  );
}

function Fields({ rule, isBusy, set }: { rule: Rule; isBusy: boolean; set: (rule: Rule) => void }) {
  if (rule.level === 'HIDDEN' || rule.level === 'COUNTS_ONLY') return <span className="muted">No account is shown</span>;
  const toggled = (field: Field) =>
    rule.fields.includes(field) ? rule.fields.filter((one) => one !== field) : [...rule.fields, field];
  return (
    <span className="choices" role="group" aria-label={`${POPULATION[rule.population]}: fields`}>
      {FIELDS.map((field) => (
        <label key={field}>
          <input type="checkbox" checked={rule.fields.includes(field)} disabled={isBusy} onChange={() => set({ ...rule, fields: toggled(field) })} />
          {SHARED_FIELDS[field]}
        </label>
      ))}
    </span>
  );
}
