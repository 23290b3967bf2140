import { count } from '../format/format';
import { POPULATION } from '../format/words';
import { MatrixCell } from './MatrixCell';
import { type Cell, pairKey, type Population, POPULATIONS, summed, together } from './overlap';

type Named = { id: string; name: string };
type Props = {
  one: Named;
  other: Named;
  cells: readonly Cell[];
  chosen: string | undefined;
  onChoose: (key: string) => void;
};

const LISTED: readonly (Population | null)[] = [...POPULATIONS, null];

/** One partner's populations by the other's; the darker a cell, the more accounts. */
export function PairMatrix({ one, other, cells, chosen, onChoose }: Props) {
  const ids = [one.id, other.id] as const;
  const within = (row: Population | null | undefined, column: Population | null | undefined) => cells.filter((cell) => {
    const [first, second] = pairKey(cell, ids).split('.');
    return (row === undefined || first === (row ?? 'NONE')) && (column === undefined || second === (column ?? 'NONE'));
  });
  const most = Math.max(0, ...LISTED.flatMap((row) => LISTED.map((column) => together(within(row, column)) ?? 0)));
  return (
    <div className="table-scroll" tabIndex={0} role="group" aria-label="Matrix of both lists">
      <table className="table matrix">
        <caption className="hidden">Accounts by what they are to {one.name} and to {other.name}</caption>
        <thead>
          <tr>
            <td />
            <th scope="colgroup" colSpan={LISTED.length + 1}>To {other.name}</th>
          </tr>
          <tr>
            <th scope="col">To {one.name}</th>
            {LISTED.map((column) => <th key={column} scope="col">{listWord(column)}</th>)}
            <th scope="col" className="number">Together</th>
          </tr>
        </thead>
        <tbody>
          {LISTED.map((row) => (
            <tr key={row}>
              <th scope="row">{listWord(row)}</th>
              {LISTED.map((column) => (
                <td key={column}><PairCell cells={within(row, column)} ids={ids} most={most} chosen={chosen} onChoose={onChoose} /></td>
              ))}
              <td className="number">{count(together(within(row, undefined)))}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">Together</th>
            {LISTED.map((column) => <td key={column}>{count(together(within(undefined, column)))}</td>)}
            <td className="number">{count(together(cells))}</td>
          </tr>
        </tbody>
      </table>
    </div>
  );
}

function listWord(population: Population | null): string {
  return population ? POPULATION[population] : 'Not on its list';
}

/** `Customer of Bolt`, `Not on the list of Bolt`. */
export function pairWord(population: Population | null, name: string): string {
  return population ? `${POPULATION[population]} of ${name}` : `Not on the list of ${name}`;
}

type CellProps = Pick<Props, 'cells' | 'chosen' | 'onChoose'> & { ids: readonly [string, string]; most: number };

function PairCell({ cells, ids, most, chosen, onChoose }: CellProps) {
  const [first] = cells;
  if (!first) return <span className="muted">0</span>;
  const key = pairKey(first, ids);
  return (
    <MatrixCell number={together(cells)} openAmount={summed(cells.flatMap((cell) => cell.openAmount))}
      arr={summed(cells.flatMap((cell) => cell.arr))} most={most} isChosen={key === chosen} onChoose={() => onChoose(key)} />
  );
}
