import { expect, test } from 'vitest';

import type { Result } from '../src/data/imports';
import {
  badRowsCsv, columnOf, failureTitle, fieldsOf, fileNamed, fileProblem, importWord, isPartner, isUnchanged, listOf, offerOf, outcomeOf, stageOf,
} from '../src/views/importing';

const found = { name: 'Account', website: 'Website', duns: null, id: null, owner: 'Rep' };
const result: Result = {
  file: 'acme.csv', owner: { id: 'partner:bolt', name: 'Bolt' }, population: 'CUSTOMER', on: '2026-01-31', headers: ['Account', 'Website', 'Rep'],
  columns: found, rows: 10, sample: [], badCount: 0, bad: [], changes: { came: 1, left: 0, changed: 0 }, changed: [], newAccounts: 0, notes: [],
  hasSetAside: false, toReview: 0,
};

test('an address names a list; without an owner it is not said whose it is', () => {
  const of = (text: string) => listOf(new URLSearchParams(text));
  expect(of('')).toEqual({ partner: undefined, population: 'CUSTOMER', on: undefined, isOwned: false });
  expect(of('partner=us&as=PROSPECT')).toEqual({ partner: undefined, population: 'PROSPECT', on: undefined, isOwned: true });
  expect(of('partner=partner:bolt&as=nonsense&on=2026-13-01')).toEqual({ partner: 'partner:bolt', population: 'CUSTOMER', on: undefined, isOwned: true });
  expect(of('partner=partner:bolt&on=2026-01-31').on).toBe('2026-01-31');
});

test('files of another kind and empty files are refused before they are sent', () => {
  for (const name of ['a.csv', 'A.CSV', 'a.b.jsonl', 'a.parquet', 'a.tsv']) expect(fileProblem({ name, size: 1 })).toBeUndefined();
  for (const name of ['a.xlsx', 'csv', 'a.csv.gz', 'a']) expect(fileProblem({ name, size: 1 })?.message).toContain('is not CSV');
  expect(fileProblem({ name: 'a.csv', size: 0 })?.message).toBe('a.csv is empty.');
});

test('what a job came to: a preview, an import, or why neither', () => {
  expect(outcomeOf({ kind: 'IMPORT_PREVIEW', state: 'DONE', result, errors: [] })).toEqual({ preview: result, problems: [] });
  expect(outcomeOf({ kind: 'IMPORT', state: 'DONE', result, errors: [] })).toEqual({ done: result, problems: [] });
  const refused = outcomeOf({ kind: 'IMPORT', state: 'FAILED', result, errors: ['7 bad rows.'] });
  expect([refused.preview, refused.done, refused.problems[0]?.message]).toEqual([result, undefined, '7 bad rows.']);
  expect(outcomeOf({ kind: 'IMPORT', state: 'FAILED', result: null, errors: [] }).problems).toHaveLength(1);
  expect(outcomeOf({ kind: 'IMPORT_PREVIEW', state: 'DONE', result: null, errors: [] }).problems).toHaveLength(1);
});

test('an import is offered once nothing is in doubt', () => {
  expect(offerOf({ rows: 10, badCount: 0 }, false)).toEqual({ kind: 'import', good: 10, bad: 0 });
  expect(offerOf({ rows: 10, badCount: 3 }, false)).toEqual({ kind: 'decide', good: 7, bad: 3 });
  expect(offerOf({ rows: 10, badCount: 3 }, true)).toEqual({ kind: 'import', good: 7, bad: 3 });
  expect(offerOf({ rows: 3, badCount: 3 }, true).kind).toBe('mend');
  expect(offerOf({ rows: 0, badCount: 0 }, false).kind).toBe('mend');
  expect(importWord(offerOf({ rows: 1, badCount: 0 }, false))).toBe('Import 1 account');
  expect(importWord(offerOf({ rows: 1234, badCount: 4 }, true))).toBe('Import 1,230 accounts');
});

test('a list that is known as it is changes nothing', () => {
  expect(isUnchanged(result)).toBe(false);
  expect(isUnchanged({ changes: { came: 0, left: 0, changed: 0 } })).toBe(true);
});

test('columns are marked with what they are read as, each field once', () => {
  expect(fieldsOf(['Website', 'Phone', 'Account', 'Account'], found)).toEqual(['website', undefined, 'name', undefined]);
});

test('a column chosen by hand goes before one that was found; owners are kept only on request', () => {
  expect(columnOf('name', {}, found)).toBe('Account');
  expect(columnOf('name', { name: 'Trade name' }, found)).toBe('Trade name');
  expect(columnOf('name', { name: '' }, found)).toBe('');
  expect(columnOf('owner', {}, found)).toBe('');
  expect(columnOf('owner', { owner: 'Rep' }, found)).toBe('Rep');
});

test('bad rows are saved as values, not as formulas', () => {
  expect(badRowsCsv([{ line: 3, column: 'Website', value: '=1+1', reason: 'is no website, or "none"' }, { line: null, column: null, value: null, reason: 'r' }]))
    .toBe('line,column,value,reason\r\n3,Website,\'=1+1,"is no website, or ""none"""\r\n,,,r\r\n');
});

test('files that are saved are named after the one they come from', () => {
  expect(fileNamed('acme.v2.csv', 'set-aside')).toBe('acme.v2-set-aside.csv');
  expect(fileNamed('acme.parquet', 'bad-rows', '.csv')).toBe('acme-bad-rows.csv');
  expect(fileNamed('acme', 'set-aside')).toBe('acme-set-aside');
});

test('a partner is told from our own company', () => {
  expect([isPartner({ id: 'partner:bolt' }), isPartner({ id: 'company:acme' })]).toEqual([true, false]);
});

test('what a job is at is said in words', () => {
  expect(stageOf('a.csv', 'preview', undefined)).toBe('Sending a.csv');
  expect(stageOf('a.csv', 'commit', { state: 'QUEUED' })).toBe('a.csv waits for its turn');
  expect([stageOf('a.csv', 'preview', { state: 'RUNNING' }), stageOf('a.csv', 'commit', { state: 'RUNNING' })]).toEqual(['Reading a.csv', 'Importing a.csv']);
});

test('a failure says what it means for the list', () => {
  expect(failureTitle('preview', [{ code: 'FORBIDDEN' }])).toContain('scope write');
  expect(failureTitle('preview', [{ code: 'BAD_INPUT' }])).toBe('The file was not read.');
  for (const code of ['UNREACHABLE', 'NOT_FOUND']) expect(failureTitle('commit', [{ code }])).toContain('not known how the import ended');
  expect(failureTitle('commit', [{ code: 'IMPORT_FAILED' }])).toBe('The list was not imported.');
});
