/** What a partner covers, in the unit that it was computed in. */
import { decimal, money } from './format';

type Field = 'coverageShapley' | 'coverageLeaveOneOut';
type Measures = Readonly<Record<Field, number | null>> & {
  valueBasis: 'ARR' | 'ACCOUNTS' | null;
  provenance: readonly { measures: readonly string[]; provenance: { parameters: unknown } }[];
};

export function covered(field: Field, measures: Measures): string | null {
  const value = measures[field];
  if (value === null) return null;
  const run = measures.provenance.find((one) => one.measures.includes(field))?.provenance.parameters as { currency?: string } | undefined;
  if (measures.valueBasis === 'ARR' && run?.currency) return money({ amount: String(value), currency: run.currency }, 'short');
  return `${decimal(value)} accounts`;
}
