/** What a report counts and dates. */
import type { Report } from '#operations';

import { daysFrom } from '../app/asOf';
import { counted, type Money, NONE } from '../format/format';
import { summed } from '../views/overlap';

export type Cell = Report['overlap'][number];
export type Event = NonNullable<Report['overlapEvents']>['nodes'][number];
export type Month = { month: string; came: number; left: number; moved: number };

const COUNTED = { APPEARED: 'came', LEFT: 'left', MOVED: 'moved' } as const;

/** The id of a partner, of which a key is enough. */
export function partnerId(text: string | null): string | undefined {
  const name = text?.trim();
  return name ? (name.includes(':') ? name : `partner:${name}`) : undefined;
}

/** Amounts added up by currency, the most first. */
export function sums(amounts: readonly Money[]): Money[] {
  return summed(amounts).sort((one, other) => Number(other.amount) - Number(one.amount));
}

/** How long before a day another lies: `the same day`, `1 day before`. */
export function before(day: string, of: string): string {
  const days = daysFrom(day, of);
  return days === 0 ? 'the same day' : days < 0 ? NONE : `${counted(days, 'day')} before`;
}

/** Changes of a list by month, from the first month of a period to that of its last day; months without any too. */
export function byMonth(events: readonly Event[], since: string, day: string): Month[] {
  const months: Month[] = [];
  for (let month = since.slice(0, 7); month <= day.slice(0, 7); month = nextMonth(month)) {
    months.push({ month, came: 0, left: 0, moved: 0 });
  }
  for (const event of events) {
    const found = months.find(({ month }) => month === event.since.slice(0, 7));
    if (found) found[COUNTED[event.kind]] += 1;
  }
  return months;
}

function nextMonth(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}
