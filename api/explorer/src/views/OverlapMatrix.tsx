import { count, moneys } from '../format/format';
import { POPULATION } from '../format/words';
import { cellOf, type Counted, keyOf, OURS, ourWord, POPULATIONS, shade, together } from './overlap';

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
                <td key={theirs}><MatrixCell cell={cellOf(cells, ours, theirs)} most={most} chosen={chosen} onChoose={onChoose} /></td>
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

function MatrixCell({ cell, most, chosen, onChoose }: Choosing & { cell: Counted | undefined; most: number }) {
  if (!cell) return <span className="muted">0</span>;
  const key = keyOf(cell);
  const style = { '--shade': shade(cell.count ?? 0, most) } as React.CSSProperties;
  const content = (
    <>
      <strong>{cell.count === null ? 'withheld' : count(cell.count)}</strong>
      {cell.openAmount && cell.openAmount.length > 0 && <span>{moneys(cell.openAmount)} open</span>}
      {cell.arr && cell.arr.length > 0 && <span>{moneys(cell.arr)} ARR</span>}
    </>
  );
  if (!onChoose) return <div className="matrix-cell" style={style}>{content}</div>;
  return (
    <button type="button" className="matrix-cell" aria-pressed={key === chosen} onClick={() => onChoose(key)} style={style}>{content}</button>
  );
}
