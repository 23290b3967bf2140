import { useEffect, useRef } from 'react';

import { percent } from '../format/format';
import { stageOf } from './importing';
import type { Run } from './useImport';

/** How far the server is with a file, and whether one may leave. */
export function ImportProgress({ run: { mode, file, job }, onLeave }: { run: Run; onLeave: () => void }) {
  const stage = stageOf(file, mode, job);
  const share = job?.state === 'RUNNING' ? Math.min(1, Math.max(0, job.progress)) : undefined;
  const here = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (mode === 'commit') here.current?.focus(); // the button that began it is gone
  }, [mode]);
  return (
    <div ref={here} tabIndex={-1} className="import-progress">
      <div className="card-head"><strong role="status">{stage} …</strong>{share !== undefined && <span className="muted">{percent(Math.round(100 * share) / 100)}</span>}</div>
      <div role="progressbar" aria-label={stage} aria-valuemin={0} aria-valuemax={100} className={share === undefined ? 'progress is-open' : 'progress'}
        {...(share !== undefined && { 'aria-valuenow': Math.round(100 * share) })}>
        <span style={{ inlineSize: percentOf(share) }} />
      </div>
      {mode === 'preview' && <button type="button" className="button small" onClick={onLeave}>Stop reading</button>}
      {mode === 'commit' && (
        <p className="small muted">{job ? 'You may leave this page: the import goes on. Come back by this address to see how it ended.' : 'Please stay until the file is sent.'}</p>
      )}
    </div>
  );
}

function percentOf(share: number | undefined): string {
  return `${100 * (share ?? 1)}%`;
}
