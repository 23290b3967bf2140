import { useParameters } from '../app/router';
import type { Population } from '../data/imports';
import { Head } from '../parts/Head';
import { Problems } from '../parts/States';
import { DropZone, FILE_INPUT } from './DropZone';
import { ImportList } from './ImportList';
import { ImportPreview } from './ImportPreview';
import { ImportProgress } from './ImportProgress';
import { ImportResult } from './ImportResult';
import { failureTitle, listOf } from './importing';
import { useImport } from './useImport';

/** An account list from a file: whose it is, what is in it, what it changes, and then the import. */
export function ImportPage() {
  const [parameters, change] = useParameters();
  const { isOwned, ...list } = listOf(parameters);
  const found = useImport({
    list: isOwned ? list : undefined, job: parameters.get('job') ?? undefined, onJob: (job) => change({ job }),
  });
  const { file, run, preview, done, failed } = found;
  const isCommitting = run?.mode === 'commit';
  const leave = () => {
    found.leave();
    document.getElementById(FILE_INPUT)?.focus();
  };
  return (
    <>
      <Head title="Import an account list"
        lead="A file replaces the list it is for: what is new comes onto it, what is missing leaves it and stays as history. Nothing changes before you have seen what would." />
      <ImportList list={list} isOwned={isOwned} isFixed={isCommitting}
        onOwner={(partner) => change({ partner, job: null })} onPopulation={(as: Population) => change({ as, job: null })} onDay={(on) => change({ on, job: null })} />
      <DropZone file={file} isFixed={isCommitting} isWaiting={file !== undefined && !isOwned} onFile={found.take} />
      {failed && <Problems problems={failed.problems} title={failureTitle(failed.mode, failed.problems)} retry={failed.retry} />}
      {run && <ImportProgress key={run.mode} run={run} onLeave={leave} />}
      {preview && file && !isCommitting && (
        <ImportPreview key={`${file.name} ${file.lastModified} ${file.size}`} result={preview} columns={found.columns} isStale={!found.isCurrent}
          onMap={found.map} onImport={found.commit} onLeave={leave} />
      )}
      {done && <ImportResult id={done.id} result={done.result} />}
    </>
  );
}
