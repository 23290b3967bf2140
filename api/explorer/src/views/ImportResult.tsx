import { useEffect, useRef, useState } from 'react';

import type { Problem } from '../data/client';
import type { Result } from '../data/imports';
import { imports, problemsOf } from '../data/useQuery';
import { count, counted, date } from '../format/format';
import { Card } from '../parts/Card';
import { download } from '../parts/download';
import { Icon } from '../parts/Icon';
import { Link } from '../parts/Link';
import { Empty, Problems } from '../parts/States';
import { ImportChanges } from './ImportChanges';
import { fileNamed, isPartner, isUnchanged, LISTED } from './importing';

/** What was imported, and where to go on. */
export function ImportResult({ id, result }: { id: string; result: Result }) {
  const { file, owner, population, on, rows, badCount, toReview, notes } = result;
  const here = useRef<HTMLDivElement>(null);
  useEffect(() => here.current?.focus(), []);
  return (
    <div ref={here} tabIndex={-1} className="main-grid">
      <Card title="Imported" note={owner && `The ${LISTED[population].toLowerCase()} of ${owner.name}, from ${date(on)} on.`}>
        <p role="status">
          {file}: {counted(Math.max(0, rows - badCount), 'row')} loaded{badCount > 0 && `, ${count(badCount)} set aside`}.
        </p>
        {isUnchanged(result) ? <Empty title="Nothing changed: the list was already known as it is in the file." /> : <ImportChanges result={result} isDone />}
        {notes.length > 0 && <ul className="reasons" aria-label="Notes">{notes.map((note) => <li key={note}>{note}</li>)}</ul>}
        <div className="actions">
          {owner && isPartner(owner)
            ? <Link className="button primary" to="overlap" parameters={{ partners: owner.id }}>Overlap with {owner.name}</Link>
            : <Link className="button primary" to="overlap">Overlap with partners</Link>}
          {toReview > 0 && <Link className="button" to="matches">Review {counted(toReview, 'pair')} that may be one company</Link>}
          {result.hasSetAside && <SetAside id={id} file={file} />}
        </div>
      </Card>
    </div>
  );
}

function SetAside({ id, file }: { id: string; file: string }) {
  const [isBusy, setBusy] = useState(false);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const save = async () => {
    setBusy(true);
    setProblems([]);
    try {
      download(fileNamed(file, 'set-aside'), await imports.setAside(id));
    } catch (failure) {
      setProblems(problemsOf(failure));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <button type="button" className="button" disabled={isBusy} onClick={() => void save()}>
        <Icon name="download" />{isBusy ? 'Writing …' : 'Rows that were set aside'}
      </button>
      <Problems problems={problems} title="The rows were not saved." />
    </>
  );
}
