/** What a report of two partners counts. */
import type { ReportPair } from '#operations';

import { populationFor, POPULATIONS, type Population, together } from '../views/overlap';
import { sums } from './figures';

export type PairCell = ReportPair['overlap'][number];
export type Side = { id: string; name: string };
export type Shared = ReportPair['accounts']['nodes'][number];
export type Ours = { ours: Population | null; count: number | null; arr: PairCell['arr']; openAmount: PairCell['openAmount'] };

/** What an account is to a partner, in a cell; undefined where it is not on its list. */
export function sideOf(cell: Pick<PairCell, 'theirs'>, partner: string): Population | undefined {
  return populationFor(cell, partner) ?? undefined;
}

/** The cells whose accounts are on both lists, or on that of one alone. */
export function onLists(cells: readonly PairCell[], partners: readonly string[]): PairCell[] {
  return cells.filter((cell) => cell.theirs.length === partners.length && partners.every((id) => sideOf(cell, id)));
}

/** Cells added up by what their accounts are to us: those that are ours first, and nothing where there are none. */
export function byOurs(cells: readonly PairCell[]): Ours[] {
  return [...POPULATIONS, null].flatMap((ours) => {
    const these = cells.filter((cell) => cell.ours === ours);
    if (!these.length) return [];
    return [{
      ours, count: together(these), arr: sums(these.flatMap((cell) => cell.arr)),
      openAmount: sums(these.flatMap((cell) => cell.openAmount)),
    }];
  });
}

/** The strongest population of an account on the list of a partner. */
export function knownAs(account: Shared, partner: string): Population | undefined {
  const found = account.knownBy.edges.filter((edge) => edge.node.id === partner).map((edge) => edge.population);
  return POPULATIONS.find((population) => found.includes(population));
}

/** How much a partner strengthens an account; undefined where it does not. */
export function strengthOf(account: Shared, partner: string): Shared['strengthenedBy']['nodes'][number] | undefined {
  return account.strengthenedBy.nodes.find((strength) => strength.partner.id === partner);
}

/** The accounts on the list of one partner: on that of the other too, or not. */
export function listed(one: string, other: string, isBoth: boolean) {
  const known = (id: string) => ({ knownBy: { some: { id: { eq: id } } } });
  return isBoth ? { and: [known(one), known(other)] } : { ...known(one), not: known(other) };
}
