import { count, type Money, moneys } from '../format/format';
import { shade } from './overlap';

type Props = {
  /** How many accounts; null where that is withheld. */
  number: number | null;
  openAmount?: readonly Money[] | undefined;
  arr?: readonly Money[] | undefined;
  /** The largest number of the matrix. */
  most: number;
  isChosen?: boolean;
  onChoose?: (() => void) | undefined;
};

/** A cell of a matrix of lists that holds accounts: the darker, the more. A button where it can be chosen. */
export function MatrixCell({ number, openAmount = [], arr = [], most, isChosen = false, onChoose }: Props) {
  const style = { '--shade': shade(number ?? 0, most) } as React.CSSProperties;
  const content = (
    <>
      <strong>{number === null ? 'withheld' : count(number)}</strong>
      {openAmount.length > 0 && <span>{moneys(openAmount)} open</span>}
      {arr.length > 0 && <span>{moneys(arr)} ARR</span>}
    </>
  );
  if (!onChoose) return <div className="matrix-cell" style={style}>{content}</div>;
  return <button type="button" className="matrix-cell" aria-pressed={isChosen} onClick={onChoose} style={style}>{content}</button>;
}
