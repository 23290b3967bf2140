import { expect, test } from 'vitest';

import { Client, Failure } from '../src/data/client';
import { Imports, type Job, pauseMs, queryOf, type Request } from '../src/data/imports';

const request: Request = {
  mode: 'preview', file: 'a b.csv', columns: {}, setAside: false, list: { partner: undefined, population: 'CUSTOMER', on: undefined },
};

const job = (state: Job['state'], kind: Job['kind'] = 'IMPORT_PREVIEW'): Job => (
  { id: 'job:1', kind, state, progress: 0, errors: [], result: null });

/** The imports of a server with prepared answers, and what it was sent. */
function server(...answers: Response[]) {
  const sent: { url: string; method: string; headers: Headers; body: unknown; hasSignal: boolean }[] = [];
  const fetcher = async (url: unknown, init?: RequestInit) => {
    const answer = answers[sent.length];
    sent.push({ url: String(url), method: init?.method ?? 'GET', headers: new Headers(init?.headers), body: init?.body, hasSignal: Boolean(init?.signal) });
    if (!answer) throw new TypeError('refused');
    return answer;
  };
  const client = new Client('graphql', () => 'emb_1', fetcher as typeof fetch);
  return { client, imports: new Imports(client, '/imports'), sent };
}

const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });
const { signal } = new AbortController();

test('a request for our own list names what is not usual alone', () => {
  expect(queryOf(request)).toBe('mode=preview&as=CUSTOMER&file=a+b.csv');
});

test('a request names the partner, the day and the columns that were chosen; an owner is kept where one was chosen', () => {
  const columns = { website: 'Site & more', duns: '', owner: 'Rep' };
  const query = new URLSearchParams(queryOf({ ...request, columns, list: { partner: 'partner:bolt', population: 'PROSPECT', on: '2026-01-31' } }));
  expect(Object.fromEntries(query)).toEqual({
    mode: 'preview', as: 'PROSPECT', file: 'a b.csv', partner: 'partner:bolt', on: '2026-01-31', owners: 'true', columns: JSON.stringify(columns),
  });
  expect(queryOf({ ...request, columns: { owner: '' } })).not.toContain('owners');
});

test('only a commit sets bad rows aside', () => {
  expect(queryOf({ ...request, setAside: true })).not.toContain('setAside');
  expect(queryOf({ ...request, mode: 'commit', setAside: true })).toContain('setAside=true');
});

test('a job is asked about less and less often, from 300 ms to 2 s', () => {
  const pauses = Array.from({ length: 12 }, (_, asked) => pauseMs(asked));
  expect(pauses[0]).toBe(300);
  expect(pauses.at(-1)).toBe(2000);
  expect(pauses).toEqual([...pauses].sort((one, other) => one - other));
});

test('a file is sent as it is, with the key and the header that no foreign page can send', async () => {
  const { imports, sent } = server(json(job('QUEUED'), 202));
  const file = new Blob(['Name\nNorth\n']);
  expect((await imports.start(request, file, signal)).id).toBe('job:1');
  const [one] = sent;
  expect([one?.method, one?.body === file, one?.url]).toEqual(['POST', true, '/imports?mode=preview&as=CUSTOMER&file=a+b.csv']);
  expect(['x-ecograph', 'content-type', 'authorization'].map((name) => one?.headers.get(name))).toEqual(['1', 'application/octet-stream', 'Bearer emb_1']);
});

test('to leave the page takes back a preview, and no commit', async () => {
  const { imports, sent } = server(json(job('QUEUED'), 202), json(job('QUEUED', 'IMPORT'), 202));
  await imports.start(request, new Blob(['a']), signal);
  await imports.start({ ...request, mode: 'commit' }, new Blob(['a']), signal);
  expect(sent.map(({ hasSignal }) => hasSignal)).toEqual([true, false]);
});

test('a file that was changed since it was chosen is told from a server that is away', async () => {
  const { imports, sent } = server();
  const changed = { slice: () => ({ arrayBuffer: () => Promise.reject(new DOMException('', 'NotReadableError')) }) } as unknown as Blob;
  await expect(imports.start(request, changed, signal)).rejects.toMatchObject({ problems: [{ code: 'FILE_CHANGED' }] });
  expect(sent).toEqual([]);
  await expect(imports.start(request, new Blob(['a']), signal)).rejects.toMatchObject({ problems: [{ code: 'UNREACHABLE' }] });
});

test('a refusal says what to do; one that is not ours says its status', async () => {
  const errors = [{ message: 'Too large.', extensions: { code: 'TOO_LARGE', hint: 'Split it.' } }];
  const { imports } = server(json({ errors }, 413), new Response('<html>', { status: 413 }), new Response('<html>'));
  await expect(imports.start(request, new Blob(['a']), signal)).rejects.toMatchObject({ problems: [{ message: 'Too large.', code: 'TOO_LARGE', hint: 'Split it.' }] });
  await expect(imports.start(request, new Blob(['a']), signal)).rejects.toThrow('status 413');
  await expect(imports.job('job:1', signal)).rejects.toBeInstanceOf(Failure);
});

test('a job is followed to its end, with a longer pause each time', async () => {
  const { imports, sent } = server(json(job('RUNNING')), json(job('DONE')));
  const told: string[] = [];
  const pauses: number[] = [];
  const ended = await imports.followed(job('QUEUED'), ({ state }) => told.push(state), signal, async (ms) => void pauses.push(ms));
  expect(ended.state).toBe('DONE');
  expect(told).toEqual(['QUEUED', 'RUNNING', 'DONE']);
  expect(pauses).toEqual([pauseMs(0), pauseMs(1)]);
  expect(sent.map(({ url }) => url)).toEqual(['/imports/job:1', '/imports/job:1']);
});

test('another file ends the following of the first', async () => {
  const { imports, sent } = server();
  const controller = new AbortController();
  const followed = imports.followed(job('QUEUED'), () => {}, controller.signal);
  controller.abort();
  await expect(followed).rejects.toMatchObject({ name: 'AbortError' });
  expect(sent).toEqual([]);
});

test('after an import nothing that was answered before is kept; a preview changes nothing', async () => {
  const operation = { name: 'A', file: 'a.graphql', text: 'query A { a }', parts: {} };
  const { client, imports } = server(json({ data: { a: 1 } }));
  await client.ask(operation, {});
  await imports.followed(job('DONE'), () => {}, signal);
  expect(client.peek(operation, {})).toBeDefined();
  await imports.followed(job('DONE', 'IMPORT'), () => {}, signal);
  expect(client.peek(operation, {})).toBeUndefined();
});

test('what was set aside is read by its job', async () => {
  const { imports, sent } = server(new Response('Name,_line\n'));
  expect(await (await imports.setAside('job:1')).text()).toBe('Name,_line\n');
  expect(sent[0]?.url).toBe('/imports/job:1/set-aside');
});
