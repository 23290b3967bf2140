import { count } from '../format/format';
import { POPULATION } from '../format/words';
import { MatrixCell } from './MatrixCell';
import { cellOf, type Counted, keyOf, OURS, ourWord, POPULATIONS, together } from './overlap';

type Choosing = { chosen?: string | undefined; onChoose?: ((key: string) => void) | undefined };
type Props = Choosing & { name: string; cells: readonly Counted[] };

/** Our populations by the partner's; the darker a cell, the more accounts. Its cells are buttons where one can be chosen. */
export function OverlapMatrix({ name, cells, chosen, onChoose }: Props) {
  const most = Math.max(0, ...cells.map((cell) => cell.count ?? 0));
  return (
    <div className="table-scroll" tabIndex={0} role="group" aria-label="Overlap matrix">
      <table className="table matrix">
        <caption className="hidden">Accounts by what they are to us and to {name}</caption>
        <thead>
          <tr>
            <td />
            {POPULATIONS.map((theirs) => <th key={theirs} scope="col">Their {POPULATION[theirs].toLowerCase()}</th>)}
            <th scope="col" className="number">Together</th>
          </tr>
        </thead>
        <tbody>
          {OURS.map((ours) => (
            <tr key={ours}>
              <th scope="row">{ourWord(ours)}</th>
              {POPULATIONS.map((theirs) => (
                <td key={theirs}><OursByTheirs cell={cellOf(cells, ours, theirs)} most={most} chosen={chosen} onChoose={onChoose} /></td>
              ))}
              <td className="number">{count(together(cells.filter((cell) => cell.ours === ours)))}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">Together</th>
            {POPULATIONS.map((theirs) => (
              <td key={theirs}>{count(together(cells.filter((cell) => cell.theirs[0]?.population === theirs)))}</td>
            ))}
            <td className="number">{count(together(cells))}</td>
          </tr>
        </tbody>
      </table>
    </div>
  );
}

function OursByTheirs({ cell, most, chosen, onChoose }: Choosing & { cell: Counted | undefined; most: number }) {
  if (!cell) return <span className="muted">0</span>;
  const key = keyOf(cell);
  return (
    <MatrixCell number={cell.count} openAmount={cell.openAmount} arr={cell.arr} most={most}
      isChosen={key === chosen} onChoose={onChoose && (() => onChoose(key))} />
  );
}
