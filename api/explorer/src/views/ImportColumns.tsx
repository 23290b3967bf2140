import type { Columns, Field, Result } from '../data/imports';
import { columnOf, FIELD_NAMES, FIELDS, fieldsOf } from './importing';

type ChoiceProps = { headers: readonly string[]; found: Result['columns']; chosen: Columns; onMap: (field: Field, column: string) => void };

/** A column for each field, to be chosen by hand. */
export function ColumnChoice({ headers, found, chosen, onMap }: ChoiceProps) {
  return (
    <div className="filters import-columns" role="group" aria-label="Columns">
      {FIELD_NAMES.map((field) => (
        <label key={field}>
          {FIELDS[field]}
          <select className="field" value={columnOf(field, chosen, found)} onChange={(event) => onMap(field, event.target.value)}>
            <option value="">{field === 'owner' ? 'Do not keep' : 'Not in this file'}</option>
            {[...new Set(headers)].filter(Boolean).map((header) => <option key={header} value={header}>{header}</option>)}
          </select>
        </label>
      ))}
    </div>
  );
}

/** The first rows as they stand in the file; columns that are read are marked with what they are read as. */
export function SampleTable({ result: { headers, columns, sample }, chosen }: { result: Result; chosen: Columns }) {
  const read = Object.fromEntries(FIELD_NAMES.map((field) => [field, columnOf(field, chosen, columns) || null])) as Result['columns'];
  const fields = fieldsOf(headers, read);
  return (
    <div className="table-scroll" tabIndex={0} role="group" aria-label="First rows of the file">
      <table className="table sample">
        <caption className="hidden">First rows of the file</caption>
        <thead>
          <tr>
            <th scope="col" className="number">Line</th>
            {headers.map((header, at) => {
              const field = fields[at];
              return (
                <th key={at} scope="col" className={field && 'is-read'}>
                  {header} {field && <span className="badge good">{FIELDS[field]}</span>}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {sample.map(({ line, cells }) => (
            <tr key={line}>
              <th scope="row" className="number">{line}</th>
              {headers.map((_, at) => <td key={at} className={fields[at] && 'is-read'}>{cells[at]}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
