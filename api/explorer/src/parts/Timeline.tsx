import { plusDays, today } from '../app/asOf';
import { date } from '../format/format';
import { colour, Dot } from './Badges';
import { Empty } from './States';

export type TimelineRow = { id: string; name: string; colour: string; since: string | null; until: string | null };

const KINDS = [['account', 'Customer'], ['product', 'Product'], ['integration', 'Integration'], ['partner', 'Partner'], ['deal', 'Deal']] as const;

/** Bars from the first day to the last. The chart is a table, so that it can be read without being seen. */
export function Timeline({ rows, until = today() }: { rows: readonly TimelineRow[]; until?: string | undefined }) {
  const starts = rows.flatMap((row) => row.since ?? []);
  if (!starts.length) return <Empty title="Nothing of it is dated.">Dates come with the imported columns <code>since</code> and <code>until</code>.</Empty>;
  const from = starts.reduce((one, other) => (one < other ? one : other));
  const end = rows.reduce((last, row) => (row.until && row.until > last ? row.until : last), plusDays(until, 1));
  const span = Date.parse(end) - Date.parse(from) || 1;
  const at = (day: string) => (100 * (Date.parse(day) - Date.parse(from))) / span;
  const years = yearsBetween(from, end);
  const shown = KINDS.filter(([kind]) => rows.some((row) => row.colour === kind));
  return (
    <>
      <ul className="legend">{shown.map(([kind, name]) => <li key={kind}><Dot of={kind} square />{name}</li>)}</ul>
      <div className="table-scroll" tabIndex={0} role="group" aria-label="Timeline">
        <table className="table timeline">
          <caption className="hidden">What began when</caption>
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col"><span className="hidden">Bar</span>
                <span className="years" aria-hidden="true">
                  {years.map((day) => <span key={day} style={{ insetInlineStart: `${at(day)}%` }}>{day.slice(0, 4)}</span>)}
                </span>
              </th>
              <th scope="col">From</th>
              <th scope="col">To</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => row.since && (
              <tr key={`${row.id} ${row.since}`}>
                <th scope="row"><Dot of={row.colour} square /> {row.name}</th>
                <td aria-hidden="true">
                  <div className="lane">
                    {years.map((day) => <i key={day} style={{ insetInlineStart: `${at(day)}%` }} />)}
                    <span style={{
                      ...colour(row.colour), insetInlineStart: `${at(row.since)}%`, width: `${at(row.until ?? end) - at(row.since)}%`,
                    }} />
                  </div>
                </td>
                <td className="nowrap">{date(row.since)}</td>
                <td className="nowrap">{row.until ? date(row.until) : 'still'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function yearsBetween(from: string, to: string): string[] {
  const [first, last] = [Number(from.slice(0, 4)) + 1, Number(to.slice(0, 4))];
  const step = Math.max(1, Math.ceil((last - first + 1) / 8));
  return Array.from({ length: Math.max(0, Math.ceil((last - first + 1) / step)) }, (_, at) => `${first + at * step}-01-01`);
}
