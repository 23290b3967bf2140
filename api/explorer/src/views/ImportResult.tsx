import { useEffect, useRef } from 'react';

import type { Result } from '../data/imports';
import { imports } from '../data/useQuery';
import { count, counted, date } from '../format/format';
import { Card } from '../parts/Card';
import { DownloadButton } from '../parts/DownloadButton';
import { Link } from '../parts/Link';
import { Empty } from '../parts/States';
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
          {result.hasSetAside && (
            <DownloadButton file={fileNamed(file, 'set-aside')} read={() => imports.setAside(id)} title="The rows were not saved.">
              Rows that were set aside
            </DownloadButton>
          )}
        </div>
      </Card>
    </div>
  );
}
