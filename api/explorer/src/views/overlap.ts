/** The cells of the overlap with one partner as a matrix: what an account is to us, by what it is to the partner. */
import type { Overlap } from '#operations';

import type { Money } from '../format/format';
import { POPULATION } from '../format/words';

export type Cell = Overlap['overlap'][number];

/** What the matrix needs of a cell; a partner's own login is told no amounts. */
export type Counted = Pick<Cell, 'ours' | 'theirs' | 'count'> & { [Name in 'arr' | 'openAmount']?: Cell[Name] | undefined };
export type Population = keyof typeof POPULATION;

export const POPULATIONS = Object.keys(POPULATION) as Population[];
export const OURS: readonly (Population | null)[] = [...POPULATIONS, null];

export function ourWord(ours: Population | null): string {
  return ours ? `Our ${POPULATION[ours].toLowerCase()}` : 'Nothing to us';
}

/** What tells one cell from the others: `CUSTOMER.partner:bolt=PROSPECT`. */
export function keyOf({ ours, theirs }: Pick<Cell, 'ours'> & { theirs: readonly { population: Population; partner: { id: string } }[] }): string {
  return [ours ?? 'NONE', ...theirs.map(({ partner, population }) => `${partner.id}=${population}`)].join('.');
}

/** The cell for these two populations; undefined where there is no account. */
export function cellOf<Of extends Counted>(cells: readonly Of[], ours: Population | null, theirs: Population): Of | undefined {
  return cells.find((cell) => cell.ours === ours && cell.theirs.length === 1 && cell.theirs[0]?.population === theirs);
}

export function total(cells: readonly { count: number | null }[]): number {
  return cells.reduce((sum, cell) => sum + (cell.count ?? 0), 0);
}

/** The same, where a count that is withheld leaves the sum unknown. */
export function together(cells: readonly { count: number | null }[]): number | null {
  return cells.some((cell) => cell.count === null) ? null : total(cells);
}

/** How dark a cell is: by the root of its share in the largest, so that small ones can still be told apart. */
export function shade(count: number, most: number): number {
  return most ? Math.round(100 * Math.sqrt(count / most)) / 100 : 0;
}

/** What an account is to a partner, in a cell: null where it is not on its list. */
export function populationFor(cell: { theirs: readonly { population: Population; partner: { id: string } }[] }, partner: string): Population | null {
  return cell.theirs.find((one) => one.partner.id === partner)?.population ?? null;
}

/** What tells the cells of two partners' matrix from each other: `CUSTOMER.NONE`. */
export function pairKey(cell: Pick<Cell, 'theirs'>, [one, other]: readonly [string, string]): string {
  return `${populationFor(cell, one) ?? 'NONE'}.${populationFor(cell, other) ?? 'NONE'}`;
}

/** Amounts of several cells, added up per currency. */
export function summed(amounts: readonly Money[]): Money[] {
  const sums = new Map<string, number>();
  for (const { amount, currency } of amounts) sums.set(currency, (sums.get(currency) ?? 0) + Number(amount));
  return [...sums].map(([currency, sum]) => ({ currency, amount: String(sum) }));
}
