import { expect, test } from 'vitest';

import { Client, Failure, type Operation } from '../src/data/client';

const operation: Operation<{ a: number }, { id?: string | undefined }> = { name: 'A', file: 'a.graphql', text: 'query A { a }', parts: {} };

let bearer: string | null = null;

/** A client on prepared answers, with the bodies of its requests. */
function client(...answers: unknown[]): { client: Client; asked: unknown[]; sent: unknown[] } {
  const asked: unknown[] = [];
  const sent: unknown[] = [];
  const fetcher = async (_url: unknown, request?: RequestInit) => {
    sent.push(new Headers(request?.headers).get('authorization'));
    asked.push(JSON.parse(String(request?.body)));
    return new Response(JSON.stringify(answers[asked.length - 1]));
  };
  return { client: new Client('graphql', () => bearer, fetcher as typeof fetch), asked, sent };
}

const answer = (a: number, graphVersion: string) => ({ data: { a }, extensions: { graphVersion } });

test('the same question is asked once, whether a variable is unset or undefined', async () => {
  const { client: one, asked } = client(answer(1, 'v1'));
  await one.ask(operation, {});
  expect((await one.ask(operation, { id: undefined })).data).toEqual({ a: 1 });
  expect(asked).toEqual([{ query: 'query A { a }', operationName: 'A', variables: {} }]);
});

test('answers of an older graph are forgotten', async () => {
  const { client: one, asked } = client(answer(1, 'v1'), answer(2, 'v2'), answer(3, 'v2'));
  await one.ask(operation, {});
  await one.ask(operation, { id: 'other' });
  expect(one.peek(operation, {})).toBeUndefined();
  expect((await one.ask(operation, {})).data).toEqual({ a: 3 });
  expect(one.peek(operation, { id: 'other' })?.data).toEqual({ a: 2 });
  expect(asked).toHaveLength(3);
});

test('an answer with errors is given with them, and not kept', async () => {
  const errors = [{ message: 'Too much.', extensions: { code: 'TOO_MUCH', hint: 'Ask for less.' } }];
  const { client: one } = client({ data: { a: 1 }, errors });
  expect((await one.ask(operation, {})).problems).toEqual([{ message: 'Too much.', code: 'TOO_MUCH', hint: 'Ask for less.' }]);
  expect(one.peek(operation, {})).toBeUndefined();
});

test('errors without data are a failure that says what to do', async () => {
  const { client: one } = client({ errors: [{ message: 'No.', extensions: { code: 'NO', hint: 'Do this.' } }] });
  await expect(one.ask(operation, {})).rejects.toMatchObject({ problems: [{ message: 'No.', code: 'NO', hint: 'Do this.' }] });
});

test('a server that is away, and an answer that is no JSON, are told apart from an abort', async () => {
  const away = new Client('graphql', undefined, (async () => Promise.reject(new TypeError('refused'))) as typeof fetch);
  await expect(away.ask(operation, {})).rejects.toBeInstanceOf(Failure);
  const page = new Client('graphql', undefined, (async () => new Response('<html>')) as typeof fetch);
  await expect(page.ask(operation, {})).rejects.toThrow('cannot be read');
  const controller = new AbortController();
  controller.abort();
  await expect(away.ask(operation, {}, controller.signal)).rejects.toThrow('refused');
});

test('a key goes with every question from then on', async () => {
  const { client: one, sent } = client(answer(1, 'v1'), answer(2, 'v1'));
  await one.ask(operation, {});
  bearer = 'emb_1';
  await one.ask(operation, { id: 'other' });
  bearer = null;
  expect(sent).toEqual([null, 'Bearer emb_1']);
});
