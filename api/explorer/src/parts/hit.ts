import type { Search } from '#operations';

import { DEAL_STATUS, PARTNER_TYPES, POPULATION } from '../format/words';

/** What tells one finding from others of the same name. */
export function describe({ node, matched }: Search['search']['nodes'][number]): string {
  const parts = ((): (string | null)[] => {
    switch (node.__typename) {
      case 'Partner':
        return node.types.map((type) => PARTNER_TYPES[type]);
      case 'Account':
        return [node.population && POPULATION[node.population], node.industry, node.segment];
      case 'Product':
        return [node.category];
      case 'Integration':
        return [node.kind];
      case 'Deal':
        return [DEAL_STATUS[node.dealStatus], node.account.name];
    }
  })();
  const known = parts.filter((part) => part != null);
  return [...known, ...(matched !== node.name ? [matched] : [])].join(' · ');
}
