/** What the import page decides without the server: which list is meant, what a job came to, what is offered. */
import { isDay } from '../app/asOf';
import type { Problem } from '../data/client';
import type { BadRow, Columns, Field, Job, List, Mode, Population, Result, What } from '../data/imports';
import { csv } from '../format/csv';
import { counted } from '../format/format';
import { POPULATION } from '../format/words';
import { choice } from '../parts/ListPage';

export const FIELDS: Record<Field, string> = { name: 'Name', website: 'Website', duns: 'DUNS', id: 'Our id', owner: 'Owner' };
export const FIELD_NAMES = Object.keys(FIELDS) as Field[];

/** Populations of a list, as the question "what are these accounts?" is answered. */
export const LISTED: Record<Population, string> = { CUSTOMER: 'Customers', OPPORTUNITY: 'Open opportunities', PROSPECT: 'Prospects' };

/** What happens to accounts: how many, each by itself, and both after the import. */
export const COUNTED: Record<What, string> = { came: 'Come onto the list', left: 'Leave it', changed: 'Change' };
export const COUNTED_DONE: Record<What, string> = { came: 'Came onto the list', left: 'Left it', changed: 'Changed' };
export const WHAT: Record<What, string> = { came: 'Comes', left: 'Leaves', changed: 'Changes' };
export const WHAT_DONE: Record<What, string> = { came: 'Came', left: 'Left', changed: 'Changed' };

/** Our own company, as the owner of a list in an address. */
export const US = 'us';

const SUFFIXES = ['.csv', '.tsv', '.tab', '.txt', '.jsonl', '.ndjson', '.parquet', '.pq'];
export const ACCEPTED = SUFFIXES.join(',');

/** The list that an address names, and whether it says whose it is. */
export function listOf(parameters: URLSearchParams): List & { isOwned: boolean } {
  const partner = parameters.get('partner') || undefined;
  const on = parameters.get('on');
  return {
    partner: partner === US ? undefined : partner,
    population: choice(parameters.get('as') ?? undefined, POPULATION) ?? 'CUSTOMER',
    on: on && isDay(on) ? on : undefined,
    isOwned: partner !== undefined,
  };
}

/** Why a file cannot be an account list, as far as its name and size tell. */
export function fileProblem({ name, size }: { name: string; size: number }): Problem | undefined {
  const code = 'BAD_INPUT';
  const isKnown = SUFFIXES.some((suffix) => name.toLowerCase().endsWith(suffix));
  if (!isKnown) return { message: `${name} is not CSV, JSON Lines or Parquet.`, code, hint: 'Save a spreadsheet as CSV; unpack what is compressed.' };
  if (!size) return { message: `${name} is empty.`, code, hint: 'Choose a file with a row for each account.' };
  return undefined;
}

export type Outcome = {
  /** What the file says, to be decided on. */
  preview?: Result;
  /** What was imported. */
  done?: Result;
  problems: readonly Problem[];
};

/** What a job that has ended came to. A commit that was refused shows the rows it was refused for. */
export function outcomeOf({ kind, state, result, errors }: Pick<Job, 'kind' | 'state' | 'result' | 'errors'>): Outcome {
  if (state === 'DONE' && result) return { [kind === 'IMPORT' ? 'done' : 'preview']: result, problems: [] };
  const messages = errors.length ? errors : ['The import ended without a result.'];
  const problems = messages.map((message) => ({ message, code: 'IMPORT_FAILED', hint: undefined }));
  return { ...(result && { preview: result }), problems };
}

/** What can be done with a preview: `mend` where nothing can be loaded, `decide` where it must be said what becomes of bad rows. */
export type Offer = { kind: 'mend' | 'decide' | 'import'; good: number; bad: number };

export function offerOf({ rows, badCount }: Pick<Result, 'rows' | 'badCount'>, setsAside: boolean): Offer {
  const good = Math.max(0, rows - badCount);
  const kind = !good ? 'mend' : badCount && !setsAside ? 'decide' : 'import';
  return { kind, good, bad: badCount };
}

/** `Import 1,234 accounts`. */
export function importWord({ good }: Offer): string {
  return `Import ${counted(good, 'account')}`;
}

export function isUnchanged({ changes }: Pick<Result, 'changes'>): boolean {
  return !changes.came && !changes.left && !changes.changed;
}

/** The field that each column of the file is read into, if any. */
export function fieldsOf(headers: readonly string[], columns: Result['columns']): (Field | undefined)[] {
  const seen = new Set<Field>();
  return headers.map((header) => {
    const field = FIELD_NAMES.find((name) => columns[name] === header && !seen.has(name));
    if (field) seen.add(field);
    return field;
  });
}

/** The column that a field is read from: as chosen by hand, else as found. Owners are read only where they were asked for. */
export function columnOf(field: Field, chosen: Columns, found: Result['columns']): string {
  return chosen[field] ?? (field === 'owner' ? '' : found[field] ?? '');
}

export function badRowsCsv(bad: readonly BadRow[]): string {
  return csv(['line', 'column', 'value', 'reason'], bad.map(({ line, column, value, reason }) => [line, column, value, reason]));
}

/** `acme.csv` with a word before its suffix: `acme-bad-rows.csv`. */
export function fileNamed(file: string, word: string, suffix?: string): string {
  const dot = file.lastIndexOf('.');
  const stem = dot > 0 ? file.slice(0, dot) : file;
  return `${stem}-${word}${suffix ?? (dot > 0 ? file.slice(dot) : '')}`;
}

/** Whether the owner of a list is a partner, not our own company. */
export function isPartner(owner: { id: string }): boolean {
  return owner.id.startsWith('partner:');
}

/** What a job is at, in words. */
export function stageOf(file: string, mode: Mode, job: Pick<Job, 'state'> | undefined): string {
  if (!job) return `Sending ${file}`;
  if (job.state === 'QUEUED') return `${file} waits for its turn`;
  return mode === 'commit' ? `Importing ${file}` : `Reading ${file}`;
}

/** What a failure means for the list. */
export function failureTitle(mode: Mode, problems: readonly { code: string }[]): string {
  const is = (code: string) => problems.some((problem) => problem.code === code);
  if (is('FORBIDDEN')) return 'Your login may not import: that needs the scope write.';
  if (mode === 'preview') return 'The file was not read.';
  return is('UNREACHABLE') || is('NOT_FOUND')
    ? 'It is not known how the import ended. To import the same file again does no harm.'
    : 'The list was not imported.';
}
