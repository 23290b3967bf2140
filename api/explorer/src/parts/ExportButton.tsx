import { useState } from 'react';

import { Failure, type Operation, type Problem } from '../data/client';
import { exported } from '../data/useQuery';
import { download } from './download';
import { Icon } from './Icon';
import { Problems } from './States';

/** Saves the list that an operation asks for, to its last row, as CSV. */
export function ExportButton<Data, Variables>(
  { operation, variables, file, of }: { operation: Operation<Data, Variables>; variables: Variables; file: string; of: string },
) {
  const [isBusy, setBusy] = useState(false);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const save = async () => {
    setBusy(true);
    setProblems([]);
    try {
      download(file, await exported(operation, variables));
    } catch (failure) {
      if (!(failure instanceof Failure)) throw failure;
      setProblems(failure.problems);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <button type="button" className="button" disabled={isBusy} aria-label={`${of} as CSV`} onClick={() => void save()}>
        <Icon name="download" />{isBusy ? 'Writing …' : 'CSV'}
      </button>
      <Problems problems={problems} />
    </>
  );
}
