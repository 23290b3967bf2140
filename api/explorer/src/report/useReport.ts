import { type Report, report } from '#operations';

import type { Problem } from '../data/client';
import { type Loaded, useQuery } from '../data/useQuery';
import { useRanked } from '../data/useRanked';

export type Asked = { partner: string; since: string; asOf: string | undefined };

type Found = Loaded<Report> & {
  /** A partner's own login asks: for a part only, and as of today. */
  isNarrowed: boolean;
  /** Why the lists that are ranked by amounts are left out. */
  unranked: Problem | undefined;
};

/** The report or, where that is refused, as much of it as can be answered. Without a partner nothing is asked. */
export function useReport(asked: Asked | null): Found {
  const { unranked, ...whole } = useRanked(report, asked, { unranked: true });
  const isNarrowed = whole.problems.some(({ code }) => code === 'FORBIDDEN');
  const theirs = useQuery(report, asked && isNarrowed ? { ...asked, ours: false, asOf: undefined } : null);
  return { ...(isNarrowed ? theirs : whole), isNarrowed, unranked };
}
