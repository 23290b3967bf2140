import type { BadRow } from '../data/imports';
import { count, counted, NONE } from '../format/format';
import { Card } from '../parts/Card';
import { download } from '../parts/download';
import { Icon } from '../parts/Icon';
import { FirstOf, Table } from '../parts/Table';
import { badRowsCsv, fileNamed } from './importing';

/** Rows that cannot be loaded, one by one. */
export function BadRows({ file, bad, total }: { file: string; bad: readonly BadRow[]; total: number }) {
  const save = () => download(fileNamed(file, 'bad-rows', '.csv'), new Blob([badRowsCsv(bad)], { type: 'text/csv' }));
  const rows = bad.map((row, at) => ({ ...row, key: String(at) }));
  return (
    <Card title="Bad rows" note={`${counted(total, 'row')} cannot be loaded.`} action={(
      <button type="button" className="button" aria-label="Bad rows as CSV" onClick={save}><Icon name="download" />CSV</button>
    )}>
      <div className="import-rows">
        <Table caption="Bad rows, with why" rows={rows} keyOf={(row) => row.key} columns={[
          { name: 'Line', isNumber: true, cell: ({ line }) => count(line) },
          { name: 'Column', cell: ({ column }) => column ?? NONE },
          { name: 'Value', cell: ({ value }) => value || NONE },
          { name: 'Why', cell: ({ reason }) => reason },
        ]} />
      </div>
      <FirstOf shown={bad.length} total={total} />
    </Card>
  );
}
