import { useState } from 'react';

import type { Problem } from '../data/client';
import { problemsOf } from '../data/useQuery';
import { download } from './download';
import { Icon } from './Icon';
import { Problems } from './States';

type Props = { file: string; read: () => Promise<Blob>; children: string; label?: string | undefined; title?: string | undefined };

/** Saves what the server writes as a file; `title` heads what is told when it does not. */
export function DownloadButton({ file, read, children, label, title }: Props) {
  const [isBusy, setBusy] = useState(false);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const save = async () => {
    setBusy(true);
    setProblems([]);
    try {
      download(file, await read());
    } catch (failure) {
      setProblems(problemsOf(failure));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <button type="button" className="button" disabled={isBusy} aria-label={label} onClick={() => void save()}>
        <Icon name="download" />{isBusy ? 'Writing …' : children}
      </button>
      <Problems problems={problems} {...(title !== undefined && { title })} />
    </>
  );
}
