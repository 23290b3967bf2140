/** Numbers, money and days as people read them. */

const number = new Intl.NumberFormat(undefined);
const share = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 });
const fine = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 3 });
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });
const month = new Intl.DateTimeFormat(undefined, { month: 'short', year: 'numeric', timeZone: 'UTC' });

export type Money = { amount: string; currency: string };

export const NONE = '–';

export function count(value: number | null | undefined): string {
  return value == null ? NONE : number.format(value);
}

/** `1 partner`, `2 partners`. */
export function counted(value: number, noun: string, plural = `${noun}s`): string {
  return `${number.format(value)} ${value === 1 ? noun : plural}`;
}

/** A share between 0 and 1, in per cent. */
export function percent(value: number | null | undefined): string {
  return value == null ? NONE : share.format(value);
}

/** A number to three significant digits. */
export function decimal(value: number | null | undefined): string {
  return value == null ? NONE : fine.format(value);
}

export function date(value: string | null | undefined): string {
  return value ? day.format(new Date(value)) : NONE;
}

export function monthOf(value: string): string {
  return month.format(new Date(value));
}

/** An amount with its currency; short, as `$1.2M`, or to the last unit. */
export function money({ amount, currency }: Money, style: 'short' | 'exact' = 'exact'): string {
  const options: Intl.NumberFormatOptions = style === 'short'
    ? { notation: 'compact', maximumSignificantDigits: 3 }
    : {};
  return new Intl.NumberFormat(undefined, { style: 'currency', currency, ...options }).format(amount as `${number}`);
}

/** Amounts of several currencies, most first; they are never added. */
export function moneys(amounts: readonly Money[], style: 'short' | 'exact' = 'short'): string {
  const sorted = [...amounts].sort((one, other) => Number(other.amount) - Number(one.amount));
  return sorted.map((amount) => money(amount, style)).join(' + ') || NONE;
}

/** The share of one sum in another; null where the currencies differ or there is nothing to share. */
export function shareOf(part: readonly Money[], whole: readonly Money[]): number | null {
  const [one] = whole;
  if (whole.length !== 1 || !one || Number(one.amount) === 0) return null;
  if (part.some((amount) => amount.currency !== one.currency)) return null;
  return part.reduce((sum, amount) => sum + Number(amount.amount), 0) / Number(one.amount);
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
