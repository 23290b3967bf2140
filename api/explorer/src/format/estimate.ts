/** Estimates in plain words. */
import { count, decimal, percent } from './format';

export type Reason = 'TOO_FEW_EXPOSED' | 'TOO_FEW_EVENTS' | 'TOO_FEW_PERIODS' | 'NOT_IDENTIFIED' | 'MISSING_DATA';

export type Estimate = {
  value: number | null;
  low: number | null;
  high: number | null;
  level: number;
  reason: Reason | null;
  note: string | null;
};

const REASONS: Record<Reason, string> = {
  TOO_FEW_EXPOSED: 'too few accounts are on one of the two sides',
  TOO_FEW_EVENTS: 'too few accounts have left',
  TOO_FEW_PERIODS: 'there are too few months',
  NOT_IDENTIFIED: 'the data does not tell it apart from other things',
  MISSING_DATA: 'data that it needs is missing',
};

/** `95 % interval 0.4 to 0.7`, or why there is no value. */
export function interval({ value, low, high, level, reason, note }: Estimate): string {
  if (value === null) return `No value: ${reason ? REASONS[reason] : 'it cannot stand'}. ${note ?? ''}`.trim();
  return low === null || high === null ? 'without an interval' : `${percent(level)} interval ${decimal(low)} to ${decimal(high)}`;
}

type Lift = { rateRatio: Estimate; minIntegrations: number; exposed: number; unexposed: number };

/** What a rate ratio says of the accounts, as a sentence that names no cause. */
export function liftInWords({ rateRatio, minIntegrations, exposed, unexposed }: Lift): string {
  if (rateRatio.value === null) return interval(rateRatio);
  const least = minIntegrations === 1 ? 'a partner-built integration' : `${count(minIntegrations)} partner-built integrations or more`;
  return `Accounts with ${least} left at ${decimal(rateRatio.value)} times the rate of comparable accounts without; `
    + `${interval(rateRatio)}. An association, not proof. ${count(exposed)} accounts with, ${count(unexposed)} that never had one.`;
}

/** What an exponent says: growth faster than, slower than or in step with the number of partners. */
export function growthInWords({ value, low, high }: Estimate): string {
  if (value === null) return '';
  if (low !== null && low > 1) return 'accounts grew faster than partners';
  if (high !== null && high < 1) return 'accounts grew slower than partners';
  return 'the interval holds 1: growth in step with partners is not ruled out';
}
