import type { Operation } from '../data/client';
import { exported } from '../data/useQuery';
import { DownloadButton } from './DownloadButton';

/** Saves the list that an operation asks for, to its last row, as CSV. */
export function ExportButton<Data, Variables>(
  { operation, variables, file, of }: { operation: Operation<Data, Variables>; variables: Variables; file: string; of: string },
) {
  return <DownloadButton file={file} label={`${of} as CSV`} read={() => exported(operation, variables)}>CSV</DownloadButton>;
}
