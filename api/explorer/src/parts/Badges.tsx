import type { CSSProperties } from 'react';

import {
  type Kind, KINDS, PARTNER_TYPE_MEANING, PARTNER_TYPES, type PartnerType, STATUS, STATUS_MEANING,
} from '../format/words';

const TONE = { ACTIVE: 'good', SIGNED: '', DORMANT: 'warn', LEFT: 'quiet' } as const;

export function colour(name: string): CSSProperties {
  return { '--colour': `var(--${name})` } as CSSProperties;
}

export function Dot({ of, square = false }: { of: string; square?: boolean }) {
  return <span aria-hidden="true" className={square ? 'dot square' : 'dot'} style={colour(of)} />;
}

export function KindName({ kind }: { kind: Kind }) {
  return (
    <span className="kind">
      <Dot of={kind.toLowerCase()} square />
      {KINDS[kind]}
    </span>
  );
}

export function TypeBadges({ types }: { types: readonly PartnerType[] }) {
  return types.map((type) => (
    <span key={type} className="badge" title={`${PARTNER_TYPES[type]} partners ${PARTNER_TYPE_MEANING[type]}.`}>
      <Dot of={type.toLowerCase()} />
      {PARTNER_TYPES[type]}
    </span>
  ));
}

export function StatusBadge({ status }: { status: keyof typeof STATUS }) {
  return <span className={`badge ${TONE[status]}`} title={STATUS_MEANING[status]}>{STATUS[status]}</span>;
}
