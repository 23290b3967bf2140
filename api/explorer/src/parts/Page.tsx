import type { ReactNode } from 'react';

import type { Loaded } from '../data/useQuery';
import { kindOf } from '../format/words';
import { KindName } from './Badges';
import { Head } from './Head';
import { Link } from './Link';
import { Empty, Loading, Problems } from './States';

type Props<Data, Node> = {
  id: string;
  loaded: Loaded<Data>;
  of: (data: Data) => Node | null;
  children: (node: Node) => ReactNode;
};

/** The page of one node: what is said while it is loading, when it fails, and when there is no such node. */
export function Page<Data, Node>({ id, loaded, of, children }: Props<Data, Node>) {
  const { data, problems, isLoading, retry } = loaded;
  const node = data && of(data);
  return (
    <>
      {!node && <Head title={isLoading ? id : 'Not found'} over={<KindName kind={kindOf(id)} />} />}
      <Problems problems={problems} retry={retry} />
      {!node && isLoading && <Loading height={360} />}
      {!node && data && !isLoading && !problems.length && (
        <Empty title={`There is no ${kindOf(id).toLowerCase()} ${id}.`}>
          It may have been merged into another or imported under another key. <Link to="search">Search for it</Link>.
        </Empty>
      )}
      {node && children(node)}
    </>
  );
}
