import type { Report } from '#operations';

import { counted } from '../format/format';
import { Card } from '../parts/Card';
import { Link } from '../parts/Link';

type Props = { name: string; doubtful: number; performance: NonNullable<Report['partner']>['performance'] };

/** How far each part of the report can be trusted. */
export function Sureness({ name, doubtful, performance }: Props) {
  const note = performance?.winRate.note;
  return (
    <Card title="How sure this is">
      <ul className="reasons">
        <li>
          <strong>Overlap.</strong> The same company on both sides is told by internet domains and DUNS numbers first, then by names.{' '}
          {doubtful ? (
            <>
              {counted(doubtful, 'pair')} of accounts may be one company and <Link to="matches">wait for a decision</Link>: until then both
              count.
            </>
          ) : 'No pair of accounts is in doubt.'}
        </li>
        <li><strong>Amounts.</strong> ARR is today’s, whatever the day of the report; open amounts are of deals open on that day, as your CRM has them.</li>
        <li><strong>Strength.</strong> A sum by stated rules over what is in the graph, not a forecast: no account stays or buys because of a score.</li>
        <li>
          <strong>How deals go.</strong> Intervals are 95 %, and fewer than 10 won deals on a side give no number. Deals may go well because {name} is
          called to good ones.{note && ` ${note}`}
        </li>
        <li><strong>History.</strong> That of an account list begins with its first import.</li>
      </ul>
    </Card>
  );
}
