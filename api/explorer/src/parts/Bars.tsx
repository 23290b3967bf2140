import type { ReactNode } from 'react';

import { colour } from './Badges';

export type BarRow = { key: string; name: ReactNode; value: number; text: string; colour?: string };

type Props = { caption: string; unit: string; rows: readonly BarRow[]; most?: number };

/** Horizontal bars from zero. The chart is a table, so that it can be read without being seen. */
export function Bars({ caption, unit, rows, most = Math.max(...rows.map((row) => row.value)) }: Props) {
  return (
    <table className="table bars">
      <caption className="hidden">{caption}</caption>
      <thead className="hidden">
        <tr><th scope="col">Name</th><th scope="col">Bar</th><th scope="col">{unit}</th></tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <th scope="row">{row.name}</th>
            <td className="bar-cell" aria-hidden="true">
              <div className="bar" style={row.colour ? colour(row.colour) : undefined}>
                <span style={{ width: `${most ? (100 * row.value) / most : 0}%` }} />
              </div>
            </td>
            <td className="number">{row.text}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
