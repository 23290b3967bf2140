import { useState } from 'react';

import type { Columns, Field, Result } from '../data/imports';
import { count, counted, date } from '../format/format';
import { Card } from '../parts/Card';
import { Empty } from '../parts/States';
import { FirstOf } from '../parts/Table';
import { BadRows } from './BadRows';
import { ImportChanges } from './ImportChanges';
import { importWord, isUnchanged, LISTED, offerOf } from './importing';
import { ColumnChoice, SampleTable } from './ImportColumns';

type Props = {
  result: Result;
  columns: Columns;
  /** It is being read again. */
  isStale: boolean;
  onMap: (field: Field, column: string) => void;
  onImport: (setAside: boolean) => void;
  onLeave: () => void;
};

/** What a file says and would change, before anything is loaded. */
export function ImportPreview({ result, columns, isStale, onMap, onImport, onLeave }: Props) {
  const { file, owner, sample, rows, notes, badCount } = result;
  return (
    <div className={isStale ? 'main-grid is-stale' : 'main-grid'}>
      <Card title="What is read from which column" note={`${counted(rows, 'row')} in ${file}. Choose another column where the file means something else.`}>
        <ColumnChoice headers={result.headers} found={result.columns} chosen={columns} onMap={onMap} />
        {sample.length ? <SampleTable result={result} chosen={columns} /> : <Empty title="The file has no rows." />}
        <FirstOf shown={sample.length} total={rows} />
      </Card>
      {badCount > 0 && <BadRows file={file} bad={result.bad} total={badCount} />}
      {owner && (
        <>
          <Card title="What the import would change" note={`The ${LISTED[result.population].toLowerCase()} of ${owner.name}, from ${date(result.on)} on.`}>
            {isUnchanged(result) ? <Empty title="Nothing: the list is already known as it is in the file." /> : <ImportChanges result={result} isDone={false} />}
            {notes.length > 0 && <ul className="reasons" aria-label="Notes">{notes.map((note) => <li key={note}>{note}</li>)}</ul>}
          </Card>
          <Decision result={result} isBusy={isStale} onImport={onImport} onLeave={onLeave} />
        </>
      )}
    </div>
  );
}

function Decision({ result, isBusy, onImport, onLeave }: { result: Result; isBusy: boolean; onImport: (setAside: boolean) => void; onLeave: () => void }) {
  const [setsAside, setSetsAside] = useState(false);
  const offer = offerOf(result, setsAside);
  const { kind, good, bad } = offer;
  return (
    <section className="card import-decision" aria-label="Import">
      {kind === 'mend' && <Empty title="No row can be loaded.">{bad ? 'Choose other columns above, or mend the file and drop it again.' : 'Choose a file with a row for each account.'}</Empty>}
      {bad > 0 && good > 0 && (
        <>
          <label className="check">
            <input type="checkbox" checked={setsAside} disabled={isBusy} onChange={(event) => setSetsAside(event.target.checked)} />
            Load the {count(good)} good {good === 1 ? 'row' : 'rows'} and set the {count(bad)} bad {bad === 1 ? 'one' : 'ones'} aside
          </label>
          <p className="small muted">
            {setsAside
              ? 'No account leaves the list then, for nobody knows which are behind the bad rows. They come back as a file, to be mended.'
              : 'Nothing is loaded while it is open what becomes of the bad rows: set them aside, or mend the file and drop it again.'}
          </p>
        </>
      )}
      <div className="actions">
        {kind === 'import' && (
          <button type="button" className="button primary" disabled={isBusy} onClick={() => onImport(bad > 0)}>{importWord(offer)}</button>
        )}
        <button type="button" className="button" onClick={onLeave}>{bad ? 'Go back and mend the file' : 'Do not import'}</button>
      </div>
    </section>
  );
}
