/** One account list on its way: sent, read, shown, imported. */
import { useEffect, useRef, useState } from 'react';

import type { Problem } from '../data/client';
import type { Columns, Field, Job, List, Mode, Result } from '../data/imports';
import { imports, problemsOf } from '../data/useQuery';
import { fileProblem, outcomeOf } from './importing';

/** What the server is at; without a job the file is being sent. */
export type Run = { mode: Mode; file: string; job: Job | undefined };

type State = {
  file?: File | undefined;
  columns: Columns;
  run?: Run | undefined;
  preview?: Result | undefined;
  /** Whether the preview is of the file, list and columns as they are now. */
  isCurrent: boolean;
  /** What was imported, and by which job. */
  done?: { id: string; result: Result } | undefined;
  failed?: { mode: Mode; problems: readonly Problem[]; retry?: (() => void) | undefined } | undefined;
};

export type Import = State & {
  take: (file: File) => void;
  /** Reads a field from another column; the empty text: from none. */
  map: (field: Field, column: string) => void;
  commit: (setAside: boolean) => void;
  /** Puts the file away. */
  leave: () => void;
};

type Address = {
  /** Undefined until it is said whose list it is. */
  list: List | undefined;
  /** The import that the address names, to come back to. */
  job: string | undefined;
  onJob: (id: string | null) => void;
};

const NOTHING: State = { columns: {}, isCurrent: false };

/** Whenever the file, its list or its columns change, it is read anew, and what was under way is not waited for any more. */
export function useImport({ list, job, onJob }: Address): Import {
  const [state, setState] = useState<State>(NOTHING);
  const current = useRef<AbortController>(undefined);
  const change = (changes: Partial<State>) => setState((before) => ({ ...before, ...changes }));

  const run = async (mode: Mode, file: string, begin: (signal: AbortSignal) => Promise<Job>) => {
    current.current?.abort();
    const { signal } = current.current = new AbortController();
    const told = (latest: Job) => {
      if (!signal.aborted) change({ run: { mode, file: latest.result?.file ?? file, job: latest } });
    };
    change({ run: { mode, file, job: undefined }, failed: undefined, ...(mode === 'preview' && { isCurrent: false }) });
    let begun: Job | undefined;
    try {
      begun = await begin(signal);
      signal.throwIfAborted();
      if (mode === 'commit') onJob(begun.id);
      const ended = await imports.followed(begun, told, signal);
      const { preview, done, problems } = outcomeOf(ended);
      if (mode === 'commit' && !done) onJob(null);
      change({
        run: undefined,
        ...(problems.length && { failed: { mode, problems, ...(!preview && { retry: () => void run(mode, file, begin) }) } }),
        ...(preview && { preview, isCurrent: true }),
        ...(done && { done: { id: ended.id, result: done }, preview: undefined, file: undefined }),
      });
    } catch (failure) {
      if (signal.aborted) return;
      const problems = problemsOf(failure);
      const id = begun?.id;
      const isLost = !id || problems.some(({ code }) => code === 'NOT_FOUND');
      const retry = () => void run(mode, file, isLost ? begin : (next) => imports.job(id, next));
      change({ run: undefined, failed: { mode, problems, retry } });
    }
  };

  const { file, columns } = state;
  const send = (mode: Mode, setAside = false) => {
    if (!file || !list) return;
    void run(mode, file.name, (signal) => imports.start({ mode, list, file: file.name, columns, setAside }, file, signal));
  };

  useEffect(() => {
    current.current?.abort();
    if (file && list) send('preview');
    else change({ run: undefined, preview: undefined });
  }, [file, JSON.stringify([list, columns])]);
  useEffect(() => {
    if (job && !file && job !== state.done?.id) void run('commit', 'the list', (signal) => imports.job(job, signal));
    return () => current.current?.abort();
  }, []); // an import that the address names when the page opens; later it names the one that was begun here

  const put = (next: Partial<State>) => {
    current.current?.abort();
    onJob(null);
    setState({ ...NOTHING, ...next });
  };
  return {
    ...state,
    take: (taken) => {
      const problem = fileProblem(taken);
      put(problem ? { failed: { mode: 'preview', problems: [problem] } } : { file: taken });
    },
    map: (field, column) => change({ columns: { ...columns, [field]: column } }),
    commit: (setAside) => send('commit', setAside),
    leave: () => put({}),
  };
}
