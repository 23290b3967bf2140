import type { ComponentProps, MouseEvent } from 'react';

import { href, navigate, pageOf, type Parameters } from '../app/router';

type Props = Omit<ComponentProps<'a'>, 'href'> & { to: string; parameters?: Parameters };

/** A link within the application; the day asked about goes with it. */
export function Link({ to, parameters, onClick, ...rest }: Props) {
  const address = href(to, parameters);
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    if (rest.target) return;
    event.preventDefault();
    navigate(address);
  };
  return <a href={address} onClick={follow} {...rest} />;
}

/** A link to the page of a node, by its name. */
export function NodeLink({ node }: { node: { id: string; name: string } }) {
  return <Link to={pageOf(node.id)}>{node.name}</Link>;
}
