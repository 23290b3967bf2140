import { useState } from 'react';

import { href, navigate } from '../app/router';
import { PartnerField } from '../parts/PartnerField';

/** Leads from the report with one partner to that with two: asks which. */
export function WithAnother({ partner }: { partner: string }) {
  const [isAsking, setAsking] = useState(false);
  if (!isAsking) return <button type="button" className="button" onClick={() => setAsking(true)}>With another partner</button>;
  return (
    <div className="graph-find">
      <PartnerField label="With another partner" placeholder="Which other partner?"
        onChoose={(id) => navigate(href('report', { partner, with: id }))} />
    </div>
  );
}
