import { useParameters } from './router';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MS_PER_DAY = 86_400_000;

/** The day that the address asks about; undefined for today. */
export function useAsOf(): string | undefined {
  const [parameters] = useParameters();
  const day = parameters.get('asOf');
  return day && isDay(day) ? day : undefined;
}

export function isDay(text: string): boolean {
  return DAY.test(text) && !Number.isNaN(Date.parse(text));
}

export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** A day so many days later, or earlier when negative. */
export function plusDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * MS_PER_DAY).toISOString().slice(0, 10);
}

/** How many days the second day is after the first. */
export function daysFrom(first: string, second: string): number {
  return Math.round((Date.parse(second) - Date.parse(first)) / MS_PER_DAY);
}

/** The year up to and with a day, as a period: its first day, and the first day after it. */
export function yearTo(day: string): { from: string; to: string } {
  const to = plusDays(day, 1);
  const year = String(Number(to.slice(0, 4)) - 1);
  const from = year + to.slice(4);
  return { from: isDay(from) && new Date(from).toISOString().slice(0, 10) === from ? from : `${year}-03-01`, to };
}
