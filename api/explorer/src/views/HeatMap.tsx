import { type KeyboardEvent, memo, useRef, useState } from 'react';

import { count, counted } from '../format/format';
import { Dot } from '../parts/Badges';
import { Link, NodeLink } from '../parts/Link';
import { type Heat, type HeatPartner, next, type Pair, step, steps } from './heat';

/** So many cells in a row are wide; more than so many are too narrow for numbers. */
const [WIDE, NUMBERED] = [15, 30];
const SERIES = 8;

type At = readonly [number, number];

/** Partners by partners: the darker a cell, the more accounts both have. The arrow keys go from cell to cell. */
export function HeatMap({ heat }: { heat: Heat }) {
  const frame = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState<At>(() => firstOf(heat));
  const [row, column] = heat.partners[at[0]] && heat.partners[at[1]] ? at : firstOf(heat);
  const [one, other] = [heat.partners[row], heat.partners[column]];
  const pair = one && other && heat.pairOf(one.id, other.id);

  const follow = (target: EventTarget) => {
    const cell = (target as HTMLElement).closest<HTMLElement>('td[data-at]');
    if (cell) setAt((cell.dataset.at ?? '').split(' ').map(Number) as unknown as At);
  };
  const move = (event: KeyboardEvent) => {
    const to = next(heat, [row, column], event.key);
    if (!event.key.startsWith('Arrow')) return;
    event.preventDefault();
    if (to) frame.current?.querySelector<HTMLElement>(`td[data-at="${to[0]} ${to[1]}"] a`)?.focus();
  };
  return (
    <>
      <Scale most={heat.most} />
      <div ref={frame} className={`table-scroll heat ${heat.partners.length > NUMBERED ? 'is-fine' : heat.partners.length <= WIDE ? 'is-coarse' : ''}`}
        onPointerOver={({ target }) => follow(target)} onFocus={({ target }) => follow(target)} onKeyDown={move}>
        <table role="grid" aria-label="Accounts that two partners share" aria-describedby="heat-keys">
          <Heads partners={heat.partners} column={column} />
          <Rows heat={heat} row={row} />
        </table>
      </div>
      <p className="hidden" id="heat-keys">The arrow keys go from cell to cell; Enter opens the overlap of the two.</p>
      <p className="heat-said">{one && other && <Said one={one} other={other} pair={pair} />}</p>
    </>
  );
}

function Heads({ partners, column }: { partners: readonly HeatPartner[]; column: number }) {
  return (
    <thead>
      <tr>
        <td />
        {partners.map((partner, at) => (
          <th key={partner.id} scope="col" className={classes(partners, at, at === column && 'is-at')}><span title={partner.name}>{partner.name}</span></th>
        ))}
      </tr>
    </thead>
  );
}

/** The rows know of the pointer only in which row it is, so that a move within one draws nothing anew. */
function Rows({ heat, row }: { heat: Heat; row: number }) {
  const [first] = firstOf(heat);
  return (
    <tbody>
      {heat.partners.map((partner, at) => (
        <Row key={partner.id} heat={heat} at={at} isAt={at === row} isFirst={at === first} />
      ))}
    </tbody>
  );
}

const Row = memo(function Row({ heat, at, isAt, isFirst }: { heat: Heat; at: number; isAt: boolean; isFirst: boolean }) {
  const { partners, pairOf, most } = heat;
  const one = partners[at];
  const entry = isFirst ? firstOf(heat)[1] : -1;
  if (!one) return null;
  return (
    <tr className={classes(partners, at, isAt && 'is-at')}>
      <th scope="row">
        <span><Dot of={one.community !== null && one.community < SERIES ? `series-${one.community + 1}` : 'series-rest'} /><NodeLink node={one} /></span>
      </th>
      {partners.map((other, column) => {
        const pair = pairOf(one.id, other.id);
        return (
          <td key={other.id} data-at={`${at} ${column}`} data-step={pair ? step(pair.sharedAccounts, most) : undefined}
            className={classes(partners, column, column === at && 'is-self')}>
            {pair && (
              <Link to="overlap" parameters={{ partners: `${one.id},${other.id}` }} tabIndex={column === entry ? 0 : -1}
                title={`${one.name} and ${other.name}`} aria-label={`${one.name} and ${other.name}: ${shared(pair)}`}>
                {partners.length <= NUMBERED && short(pair.sharedAccounts)}
              </Link>
            )}
          </td>
        );
      })}
    </tr>
  );
});

function Said({ one, other, pair }: { one: HeatPartner; other: HeatPartner; pair: Pair | undefined }) {
  if (one.id === other.id) return <strong>{one.name}</strong>;
  return <><strong>{one.name}</strong> and <strong>{other.name}</strong>: {pair ? shared(pair) : 'no tie is kept between them'}.</>;
}

function Scale({ most }: { most: number }) {
  return (
    <ul className="legend heat-scale" aria-label="Shared accounts by shade">
      {steps(most).map(({ step: dark, from, to }) => (
        <li key={dark}><i data-step={dark} aria-hidden="true" />{from === to ? count(from) : `${count(from)}–${count(to)}`}</li>
      ))}
    </ul>
  );
}

export function shared({ sharedAccounts, sharedIntegrations }: Pair): string {
  return counted(sharedAccounts, 'shared account') + (sharedIntegrations ? `, ${counted(sharedIntegrations, 'shared integration')}` : '');
}

const compact = new Intl.NumberFormat(undefined, { notation: 'compact', maximumSignificantDigits: 2 });

function short(value: number): string {
  return value < 1_000 ? String(value) : compact.format(value);
}

/** The cell that the Tab key comes to. */
function firstOf({ partners, pairOf }: Heat): At {
  for (const [row, one] of partners.entries()) {
    const column = partners.findIndex((other) => pairOf(one.id, other.id));
    if (column >= 0) return [row, column];
  }
  return [0, 0];
}

function classes(partners: readonly HeatPartner[], at: number, more: string | false): string | undefined {
  const isNew = at > 0 && partners[at - 1]?.community !== partners[at]?.community;
  return [isNew && 'is-new', more].filter(Boolean).join(' ') || undefined;
}
