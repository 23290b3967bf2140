import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { initialBytes } from '../tools/budget.ts';
import { operationsModule } from '../tools/operations.ts';

const SDL = `
  scalar Date
  enum Tone { LOW HIGH }
  interface Node { id: ID! name: String }
  type Partner implements Node { id: ID! name: String tones: [Tone!]! }
  type Account implements Node { id: ID! name: String "How much." arr(on: Date): Float }
  union Result = Partner | Account
  input Where { and: [Where!] tone: Tone name: String! }
  type Query { find(where: Where, first: Int! = 20): [Result!]! account(id: ID!): Account node: Node }
`;

function written(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'operations-'));
  writeFileSync(join(folder, 'one_thing.graphql'), text);
  return operationsModule(folder, SDL);
}

test('types follow the schema: nulls, lists, enums, unions, inputs, defaults', () => {
  const module = written(`query Find($where: Where, $first: Int!) {
    find(where: $where, first: $first) { __typename ... on Node { id name } ... on Partner { t: tones } }
  }`);
  expect(module).toContain("export type Find = { find: ({ __typename: 'Partner'; id: string; name: string | null; t: ('LOW' | 'HIGH')[] }"
    + " | { __typename: 'Account'; id: string; name: string | null })[] };");
  expect(module).toContain('export type FindVariables = { where?: Where | null | undefined; first: number };');
  expect(module).toContain("export type Where = { and?: readonly Where[] | null | undefined; tone?: ('LOW' | 'HIGH') | null | undefined; name: string };");
  expect(module).toContain('export const oneThing: Operation<Find, FindVariables>');
});

test('each number has its description and a query of its own, with the variables it uses', () => {
  const module = written('query One($id: ID!, $on: Date, $first: Int!) { account(id: $id) { name arr(on: $on) } find(first: $first) { __typename } }');
  const { parts } = JSON.parse(`{${/"?parts"?: (\{[\s\S]*?\}) \};/.exec(module)?.[0].replace(/^"?parts"?/, '"parts"').replace(/ \};$/, '')}}`) as {
    parts: Record<string, { description: string; text: string }>;
  };
  expect(Object.keys(parts)).toEqual(['account.arr']);
  expect(parts['account.arr']?.description).toBe('How much.');
  expect(parts['account.arr']?.text.replace(/\s+/g, ' ')).toBe('query One($id: ID!, $on: Date) { account(id: $id) { arr(on: $on) } }');
});

test('an operation that the schema does not allow is an error with the name of its file', () => {
  expect(() => written('query One { account(id: "a") { nothing } }')).toThrow(/one_thing\.graphql: Cannot query field "nothing"/);
  expect(() => written('{ node { id } }')).toThrow('one operation with a name');
});

test('what an entry imports at once counts, once; what it loads later does not', () => {
  const chunk = (fileName: string, imports: string[], isEntry = false) => (
    { type: 'chunk' as const, fileName, name: fileName, isEntry, imports, code: fileName.repeat(100) });
  const small = { index: chunk('index', ['a'], true), a: chunk('a', []), later: chunk('later', ['a']) };
  const same = { ...small, index: chunk('index', ['a', 'a'], true), later: chunk('later', ['a', 'index']) };
  expect(initialBytes(same, 'index')).toBe(initialBytes(small, 'index'));
  expect(initialBytes({ ...small, a: chunk('a', ['later']) }, 'index')).toBeGreaterThan(initialBytes(small, 'index'));
  expect(() => initialBytes(small, 'nothing')).toThrow('no entry');
});
