import { partners } from '#operations';
import { useState } from 'react';

import { isDay, today } from '../app/asOf';
import type { List, Population } from '../data/imports';
import { useQuery } from '../data/useQuery';
import { Card } from '../parts/Card';
import { Icon } from '../parts/Icon';
import { PartnerField } from '../parts/PartnerField';
import { LISTED, US } from './importing';

type Props = {
  list: List;
  isOwned: boolean;
  isFixed: boolean;
  onOwner: (partner: string | null) => void;
  onPopulation: (population: Population) => void;
  onDay: (on: string | null) => void;
};

const POPULATIONS = Object.keys(LISTED) as Population[];

/** Whose list a file is, what its accounts are, and from when. */
export function ImportList({ list, isOwned, isFixed, onOwner, onPopulation, onDay }: Props) {
  const [isTheirs, setTheirs] = useState(list.partner !== undefined);
  const take = (theirs: boolean) => {
    setTheirs(theirs);
    onOwner(theirs ? null : US);
  };
  return (
    <Card title="Which list it is">
      <fieldset className="import-list" disabled={isFixed}>
        <legend className="hidden">Which list it is</legend>
        <fieldset className="choice-of">
          <legend>Whose list</legend>
          <span className="choices">
            <Choice group="whose" label="A partner’s" isChosen={isTheirs || list.partner !== undefined} onChoose={() => take(true)} />
            <Choice group="whose" label="Ours" isChosen={isOwned && !list.partner} onChoose={() => take(false)} />
          </span>
          {list.partner ? <Chosen id={list.partner} onLeave={() => take(true)} />
            : isTheirs && !isOwned && <div className="import-partner"><PartnerField label="Partner" placeholder="Which partner?" onChoose={onOwner} /></div>}
        </fieldset>
        <fieldset className="choice-of">
          <legend>What the accounts are</legend>
          <span className="choices">
            {POPULATIONS.map((population) => (
              <Choice key={population} group="population" label={LISTED[population]} isChosen={population === list.population} onChoose={() => onPopulation(population)} />
            ))}
          </span>
        </fieldset>
        <label className="choice-of">
          <span>The list holds from</span>
          <input type="date" className="field" value={list.on ?? today()} onChange={(event) => {
            const day = event.target.value;
            if (!day || isDay(day)) onDay(day === today() ? null : day || null);
          }} />
        </label>
      </fieldset>
    </Card>
  );
}

function Choice({ group, label, isChosen, onChoose }: { group: string; label: string; isChosen: boolean; onChoose: () => void }) {
  return <label><input type="radio" name={group} checked={isChosen} onChange={onChoose} />{label}</label>;
}

/** The partner, by its name once that is known, and a way to another. */
function Chosen({ id, onLeave }: { id: string; onLeave: () => void }) {
  const { data, isLoading } = useQuery(partners, { first: 1, where: { id: { eq: id } } });
  const name = data?.partners.nodes[0]?.name;
  return (
    <span className="chosen">
      <button type="button" className="chip" aria-label={`Another partner than ${name ?? id}`} onClick={onLeave}>{name ?? id}<Icon name="close" /></button>
      {data && !name && !isLoading && <span className="small muted">There is no such partner.</span>}
    </span>
  );
}
