import { useParameters } from '../app/router';
import { count, counted } from '../format/format';
import { Card } from '../parts/Card';
import { Empty } from '../parts/States';
import { type Cell, OURS, ourWord, pairKey, populationFor, total } from './overlap';
import { OverlapAccounts } from './OverlapAccounts';
import { PairMatrix, pairWord } from './PairMatrix';

type Named = { id: string; name: string };

/** The lists of two partners beside each other: a matrix of their populations, and the accounts of one cell. */
export function PairLists({ one, other, cells }: { one: Named; other: Named; cells: readonly Cell[] }) {
  const [parameters, change] = useParameters();
  const kinds = OURS.filter((ours) => cells.some((cell) => cell.ours === ours));
  const ours = kinds.find((kind) => (kind ?? 'NONE') === parameters.get('ours'));
  const shown = ours === undefined ? cells : cells.filter((cell) => cell.ours === ours);
  const ids = [one.id, other.id] as const;
  const keys = new Set(shown.map((cell) => pairKey(cell, ids)));
  const asked = parameters.get('cell') ?? '';
  const chosen = keys.has(asked) ? asked : [...keys].find((key) => !key.includes('NONE')) ?? [...keys][0];
  const inside = shown.filter((cell) => pairKey(cell, ids) === chosen);
  const [first] = inside;
  const unknown = [one, other].filter(({ id }) => cells.every((cell) => populationFor(cell, id) === null))
    .map(({ name }) => `No account list of ${name} is known on this day.`);
  return (
    <>
      <Card title="On their lists" note={[`${counted(total(shown), 'account')} in all. Each cell opens its accounts below.`, ...unknown].join(' ')}
        action={(
          <label className="inline">
            To us
            <select className="field" value={parameters.get('ours') ?? ''} onChange={(event) => change({ ours: event.target.value })}>
              <option value="">All</option>
              {kinds.map((kind) => (
                <option key={kind} value={kind ?? 'NONE'}>{ourWord(kind)} ({count(total(cells.filter((cell) => cell.ours === kind)))})</option>
              ))}
            </select>
          </label>
        )}>
        {shown.length ? <PairMatrix one={one} other={other} cells={shown} chosen={chosen} onChoose={(cell) => change({ cell })} />
          : <Empty title="No account is on a list of theirs." />}
      </Card>
      {first && (
        <OverlapAccounts cells={inside}
          title={`${pairWord(populationFor(first, one.id), one.name)} and ${lower(pairWord(populationFor(first, other.id), other.name))}`} />
      )}
    </>
  );
}

function lower(word: string): string {
  return word.charAt(0).toLowerCase() + word.slice(1);
}
