import type { ReactNode } from 'react';

import type { Operation } from '../data/client';
import { type Loaded, useQuery } from '../data/useQuery';
import { Card } from './Card';
import { QueryButton } from './Query';
import { Loading, Problems } from './States';

type Props<Data, Variables> = {
  title: string;
  note?: ReactNode;
  operation: Operation<Data, Variables>;
  variables: Variables;
  height?: number;
  children: (data: Data) => ReactNode;
};

/** A card with a query of its own, so that nothing waits for it. */
export function QueryCard<Data, Variables extends object>(props: Props<Data, Variables>) {
  return <LoadedCard {...props} loaded={useQuery(props.operation, props.variables)} />;
}

/** The same for an answer that another part of the page needs too. */
export function LoadedCard<Data, Variables extends object>(
  { title, note, operation, variables, height = 160, children, loaded }: Props<Data, Variables> & { loaded: Loaded<Data> },
) {
  const { data, problems, isLoading, retry } = loaded;
  return (
    <Card title={title} note={note} action={<QueryButton operation={operation} variables={variables} of={title} />}>
      <Problems problems={problems} retry={retry} />
      {!data && isLoading && <Loading height={height} />}
      {data && <div className={isLoading ? 'card-body is-stale' : 'card-body'}>{children(data)}</div>}
    </Card>
  );
}
