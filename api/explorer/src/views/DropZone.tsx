import { useEffect, useRef, useState } from 'react';

import { Icon } from '../parts/Icon';
import { ACCEPTED } from './importing';

export const FILE_INPUT = 'account-list-file';

type Props = {
  file: File | undefined;
  /** No other file is taken now. */
  isFixed: boolean;
  /** It is not yet said whose list the file is. */
  isWaiting: boolean;
  onFile: (file: File) => void;
};

/** Takes a file: dropped anywhere on the page, or chosen. */
export function DropZone({ file, isFixed, isWaiting, onFile }: Props) {
  const [more, setMore] = useState(0);
  const take = (files: FileList | null | undefined) => {
    const [first, ...rest] = files ?? [];
    if (!first || isFixed) return;
    setMore(rest.length);
    onFile(first);
  };
  const isOver = useDrop(take);
  return (
    <div className="drop">
      <label className={`drop-zone${isOver && !isFixed ? ' is-over' : ''}${file ? ' is-filled' : ''}`}>
        <input type="file" id={FILE_INPUT} className="hidden" accept={ACCEPTED} disabled={isFixed} aria-label="Account list file" aria-describedby="drop-note"
          onChange={(event) => {
            take(event.target.files);
            event.target.value = ''; // so that the same file, mended, can be chosen again
          }} />
        <Icon name="upload" />
        <span>
          <strong>{file ? file.name : 'Drop an account list here'}</strong>
          <span className="muted" id="drop-note">
            {file ? 'Drop or choose another file to take its place.' : 'or choose a file: CSV, JSON Lines or Parquet, a row for each account.'}
          </span>
        </span>
        <span className="button" aria-hidden="true">{file ? 'Another file' : 'Choose a file'}</span>
      </label>
      <p role="status" className="small">
        {isWaiting && 'Say above whose list this is; then it is read.'}
        {more > 0 && file && ` One file is one list: only ${file.name} was taken.`}
      </p>
    </div>
  );
}

/** Whether files are held over the page. A file that misses the zone is taken too, instead of leaving the page for it. */
function useDrop(take: (files: FileList | null | undefined) => void): boolean {
  const [isOver, setOver] = useState(false);
  const current = useRef(take);
  current.current = take;
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (!event.relatedTarget) setOver(false);
    };
    const drop = (event: DragEvent) => {
      setOver(false);
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      current.current(event.dataTransfer.files);
    };
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, []);
  return isOver;
}
