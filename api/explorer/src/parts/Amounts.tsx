import { type Money, money, moneys } from '../format/format';

/** Amounts of several currencies one below the other: they are never added. */
export function Amounts({ of }: { of: readonly Money[] }) {
  if (of.length < 2) return moneys(of);
  return of.map((amount) => <div key={amount.currency} className="stat-part">{money(amount, 'short')}</div>);
}
