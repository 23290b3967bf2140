import type { Operation, Problem } from './client';
import { type Loaded, useQuery } from './useQuery';

type Ranked<Data, Variables> = Loaded<Data> & {
  /** Why it is not ranked by amounts: they are in currencies that cannot be compared on that day. */
  unranked: Problem | undefined;
  /** What the answer is to. */
  asked: Variables | null;
};

/** The answer or, where that is ranked by amounts which cannot be compared, what is asked with `instead` in the variables. */
export function useRanked<Data, Variables extends object>(
  operation: Operation<Data, Variables>, variables: NoInfer<Variables> | null, instead: Partial<NoInfer<Variables>>,
): Ranked<Data, Variables> {
  const whole = useQuery(operation, variables);
  const unranked = whole.problems.find(({ code }) => code === 'MIXED_CURRENCY');
  const plain = variables && unranked ? { ...variables, ...instead } : null;
  const rest = useQuery(operation, plain);
  return { ...(unranked ? rest : whole), unranked, asked: plain ?? variables };
}
