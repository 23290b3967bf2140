import { useEffect, useState } from 'react';

import { base } from '../app/base';
import { type Answer, Client, Failure, keyOf, type Operation, type Problem } from './client';
import { bearer } from './credentials';
import { Imports } from './imports';

const client = new Client(`${base}graphql`, bearer);

/** The server's imports of account lists. */
export const imports = new Imports(client, `${base}imports`);

/** The whole list that an operation asks for, as CSV. */
export function exported<Data, Variables>(operation: Operation<Data, Variables>, variables: Variables): Promise<Blob> {
  return client.file(`${base}export`, { query: operation.text, operationName: operation.name, variables, format: 'csv' });
}

/** Makes a change: a mutation, which is asked for once. */
export function changed<Data, Variables>(operation: Operation<Data, Variables>, variables: Variables): Promise<Data> {
  return client.change(operation, variables);
}

export type Change = {
  isBusy: boolean;
  /** What the last change failed with. */
  failed: Problem[];
  /** Waits for a change, then for `done` if it was made. */
  tell: (change: Promise<unknown>, done?: () => void) => void;
};

/** One change at a time; after each, made or not, what is there is read again. */
export function useChange(readAgain: () => void): Change {
  const [failed, setFailed] = useState<Problem[]>([]);
  const [isBusy, setBusy] = useState(false);
  const tell = (change: Promise<unknown>, done?: () => void) => {
    setBusy(true);
    setFailed([]);
    change.then(done, (failure: unknown) => setFailed(problemsOf(failure)))
      .finally(() => {
        setBusy(false);
        readAgain();
      });
  };
  return { isBusy, failed, tell };
}

export type Loaded<Data> = {
  /** What was asked for or, while that is on its way, what was there before. */
  data: Data | undefined;
  problems: Problem[];
  isLoading: boolean;
  retry: () => void;
};

type State = { key: string; answer?: Answer<unknown>; problems?: Problem[] };

/** The answer to an operation. Without variables nothing is asked. */
export function useQuery<Data, Variables>(
  operation: Operation<Data, Variables>, variables: Variables | null,
): Loaded<Data> {
  const [state, setState] = useState<State>();
  const [attempt, setAttempt] = useState(0);
  const key = variables ? keyOf(operation, variables) : '';
  useEffect(() => {
    if (!variables) return;
    const controller = new AbortController();
    client.ask(operation, variables, controller.signal).then(
      (answer) => setState({ key, answer }),
      (failure: unknown) => {
        if (!controller.signal.aborted) setState({ key, problems: problemsOf(failure) });
      },
    );
    return () => controller.abort();
  }, [key, attempt]); // the key stands for the operation and its variables
  const kept = variables ? client.peek(operation, variables) : undefined;
  const answer = kept ?? (state?.answer as Answer<Data> | undefined);
  const isCurrent = kept !== undefined || state?.key === key;
  return {
    data: state?.key === key && state.problems ? undefined : answer?.data,
    problems: isCurrent ? (state?.key === key && state.problems ? state.problems : (answer?.problems ?? [])) : [],
    isLoading: variables !== null && !isCurrent,
    retry: () => setAttempt(attempt + 1),
  };
}

/** What a failure tells. */
export function problemsOf(failure: unknown): Problem[] {
  if (failure instanceof Failure) return failure.problems;
  return [{ message: String(failure), code: 'UNKNOWN', hint: undefined }];
}
