import { useEffect, useState } from 'react';

import { counted, monthOf } from '../format/format';
import { Icon } from '../parts/Icon';
import type { Network } from './network';

const STEP_MS = 350;

type Props = {
  months: readonly string[];
  /** The month that is shown; undefined for today. */
  month: string | undefined;
  shown: Network;
  onMonth: (month: string | undefined) => void;
};

/** Replays how today's partners joined and today's ties began, month by month. */
export function Replay({ months, month, shown, onMonth }: Props) {
  const last = months.length - 1;
  const at = month === undefined ? last : months.indexOf(month);
  const [isPlaying, setPlaying] = useState(false);

  useEffect(() => {
    if (!isPlaying) return;
    if (at >= last) return setPlaying(false);
    const timer = setTimeout(() => onMonth(at + 1 === last ? undefined : months[at + 1]), STEP_MS);
    return () => clearTimeout(timer);
  }, [isPlaying, at, last, months, onMonth]);

  const play = () => {
    if (!isPlaying && at >= last) onMonth(months[0]);
    setPlaying(!isPlaying);
  };
  const when = month === undefined ? 'Today' : `End of ${monthOf(month)}`;
  return (
    <div className="graph-growth" role="group" aria-label="How the graph grew">
      <button type="button" className="button" onClick={play}>
        <Icon name={isPlaying ? 'pause' : 'play'} />{isPlaying ? 'Pause' : 'Replay'}
      </button>
      <input type="range" min={0} max={last} value={at} aria-label="Month up to which the graph is shown" aria-valuetext={when}
        onChange={(event) => {
          const chosen = Number(event.target.value);
          setPlaying(false);
          onMonth(chosen >= last ? undefined : months[chosen]);
        }} />
      <output>{when}: {counted(shown.order, 'partner')}, {counted(shown.size, 'tie')}</output>
    </div>
  );
}
