import { isDay, today, useAsOf } from '../app/asOf';
import { useParameters } from '../app/router';

/** The day that everything is read as of; empty means today. */
export function AsOf() {
  const [, change] = useParameters();
  const asOf = useAsOf();
  return (
    <label className={asOf ? 'as-of past' : 'as-of'}>
      <span className="as-of-label">As of</span>
      <input type="date" className="field" value={asOf ?? today()} max={today()} aria-label="Read everything as of this day"
        onChange={(event) => {
          const day = event.target.value;
          if (!day || isDay(day)) change({ asOf: day === today() ? null : day, after: null }, { replace: false });
        }} />
    </label>
  );
}
