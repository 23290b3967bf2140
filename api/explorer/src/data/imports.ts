/** Importing an account list: the file is sent, and the job that reads it is followed until it ends. */
import { type Client, Failure, type Problem } from './client';

export type Population = 'CUSTOMER' | 'OPPORTUNITY' | 'PROSPECT';
export type Field = 'name' | 'website' | 'duns' | 'id' | 'owner';
export type Mode = 'preview' | 'commit';

/** Which list a file is: without a partner it is ours, without a day it holds from today. */
export type List = { partner: string | undefined; population: Population; on: string | undefined };

/** Columns that were chosen by hand; the empty text means that the file has no such column. */
export type Columns = Readonly<Partial<Record<Field, string>>>;

export type What = 'came' | 'left' | 'changed';
export type BadRow = { line: number | null; column: string | null; value: string | null; reason: string };
export type Change = { what: What; account: string; name: string; isNew: boolean };

/** What a file says, and what it changes or, of a preview, would change. Of long lists the first rows. */
export type Result = {
  file: string;
  /** Null where it is not known which columns are to be read: then nothing is known of the changes. */
  owner: { id: string; name: string } | null;
  population: Population;
  on: string;
  headers: readonly string[];
  columns: Readonly<Record<Field, string | null>>;
  rows: number;
  sample: readonly { line: number; cells: readonly string[] }[];
  badCount: number;
  bad: readonly BadRow[];
  changes: Readonly<Record<What, number>>;
  changed: readonly Change[];
  newAccounts: number;
  notes: readonly string[];
  hasSetAside: boolean;
  toReview: number;
};

export type Job = {
  id: string;
  kind: 'IMPORT_PREVIEW' | 'IMPORT';
  state: 'QUEUED' | 'RUNNING' | 'DONE' | 'FAILED';
  /** The share that is done. */
  progress: number;
  errors: readonly string[];
  result: Result | null;
};

export type Request = { mode: Mode; list: List; file: string; columns: Columns; setAside: boolean };

const FIRST_PAUSE_MS = 300;
const LONGEST_PAUSE_MS = 2_000;
const GROWTH = 1.4;
const HEADERS = { accept: 'application/json', 'x-ecograph': '1' };

/** The parameters of a request. Who looks after an account is kept only where a column was chosen for it. */
export function queryOf({ mode, list, file, columns, setAside }: Request): string {
  const query = new URLSearchParams({ mode, as: list.population, file });
  if (list.partner) query.set('partner', list.partner);
  if (list.on) query.set('on', list.on);
  if (columns.owner) query.set('owners', 'true');
  if (setAside && mode === 'commit') query.set('setAside', 'true');
  if (Object.keys(columns).length) query.set('columns', JSON.stringify(columns));
  return query.toString();
}

/** How long to wait before a job is asked about again: longer each time. */
export function pauseMs(asked: number): number {
  return Math.min(LONGEST_PAUSE_MS, Math.round(FIRST_PAUSE_MS * GROWTH ** asked));
}

export function isEnded(job: Pick<Job, 'state'>): boolean {
  return job.state === 'DONE' || job.state === 'FAILED';
}

/** The imports of a server. */
export class Imports {
  readonly #client: Client;
  readonly #url: string;

  constructor(client: Client, url: string) {
    this.#client = client;
    this.#url = url;
  }

  /** Sends a file. A commit is not taken back by the signal: it would be unknown what was loaded. */
  async start(request: Request, file: Blob, signal: AbortSignal): Promise<Job> {
    await readable(file);
    return (await this.#client.read(`${this.#url}?${queryOf(request)}`, {
      method: 'POST', body: file, headers: { ...HEADERS, 'content-type': 'application/octet-stream' },
      ...(request.mode === 'preview' && { signal }),
    })) as Job;
  }

  async job(id: string, signal: AbortSignal): Promise<Job> {
    return (await this.#client.read(this.#of(id), { headers: HEADERS, signal })) as Job;
  }

  /** The rows that a commit set aside, each with its line and reason. */
  async setAside(id: string): Promise<Blob> {
    return (await this.#client.send(`${this.#of(id)}/set-aside`, { headers: { ...HEADERS, accept: '*/*' } })).blob();
  }

  #of(id: string): string {
    return `${this.#url}/${encodeURIComponent(id).replaceAll('%3A', ':')}`;
  }

  /** The job when it has ended; `told` hears of it each time before. Rejects once the signal is given. */
  async followed(job: Job, told: (job: Job) => void, signal: AbortSignal, pause = paused): Promise<Job> {
    let latest = job;
    for (let asked = 0; ; asked += 1) {
      signal.throwIfAborted();
      told(latest);
      if (isEnded(latest)) break;
      await pause(pauseMs(asked), signal);
      latest = await this.job(job.id, signal);
    }
    if (latest.kind === 'IMPORT') this.#client.forget();
    return latest;
  }
}

/** Waits, but no longer than until the signal. */
function paused(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    }, { once: true });
  });
}

/** A browser refuses to read a file that was written to since it was chosen; sending it would look like a lost server. */
async function readable(file: Blob): Promise<void> {
  try {
    await file.slice(0, 1).arrayBuffer();
  } catch {
    throw new Failure([CHANGED]);
  }
}

const CHANGED: Problem = {
  message: 'The file cannot be read any more: it was changed, moved or is a folder.', code: 'FILE_CHANGED', hint: 'Choose it again.',
};
