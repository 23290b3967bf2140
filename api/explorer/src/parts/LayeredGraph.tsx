import { href, navigate, pageOf } from '../app/router';
import { EDGES, KINDS, kindOf } from '../format/words';
import { layered, type LayeredEdge, type LayeredNode } from '../layout/layered';
import { colour } from './Badges';

export type DrawnNode = LayeredNode & { name: string };
export type DrawnEdge = LayeredEdge & { type: string; isWeak?: boolean };

type Props = { title: string; nodes: readonly DrawnNode[]; edges: readonly DrawnEdge[]; columnNames?: readonly string[] };

const BOX = { width: 168, height: 32 };
const GAP = { column: 88, row: 12 };
const PADDING = 16;
const HEADING = 20;
const LETTERS = 21;

/** A small graph in columns. Its edges are listed in words below, for readers that do not see it. */
export function LayeredGraph({ title, nodes, edges, columnNames = [] }: Props) {
  const placed = layered(nodes, edges);
  const names = new Map(nodes.map((node) => [node.id, node.name]));
  const top = PADDING + (columnNames.length ? HEADING : 0);
  const at = new Map(placed.map((one) => [one.id, {
    x: PADDING + one.column * (BOX.width + GAP.column), y: top + one.row * (BOX.height + GAP.row),
  }]));
  const columns = Math.max(...placed.map((one) => one.column)) + 1;
  const bottom = Math.max(...[...at.values()].map((place) => place.y)) + BOX.height + PADDING;
  const width = PADDING * 2 + columns * BOX.width + (columns - 1) * GAP.column;
  return (
    <figure>
      <div className="drawing" tabIndex={0} role="group" aria-label={title}>
        <svg width={width} height={bottom} viewBox={`0 0 ${width} ${bottom}`} aria-hidden="true">
          {columnNames.map((name, column) => (
            <text key={name} className="caption" x={PADDING + column * (BOX.width + GAP.column)} y={PADDING + 6}>{name}</text>
          ))}
          {edges.map((edge) => <Edge key={`${edge.from} ${edge.type} ${edge.to}`} edge={edge} at={at} />)}
          {placed.map(({ id }) => <Box key={id} id={id} name={names.get(id) ?? id} place={at.get(id) ?? { x: 0, y: 0 }} />)}
        </svg>
      </div>
      <figcaption className="hidden">
        {title}: {edges.map(({ from, to, type }) => `${names.get(from)} ${EDGES[type] ?? type} ${names.get(to)}`).join('; ')}.
      </figcaption>
    </figure>
  );
}

type Place = { x: number; y: number };

function Edge({ edge, at }: { edge: DrawnEdge; at: ReadonlyMap<string, Place> }) {
  const ends = [at.get(edge.from), at.get(edge.to)];
  const [left, right] = ends.sort((one, other) => (one?.x ?? 0) - (other?.x ?? 0));
  if (!left || !right) return null;
  const [x1, y1, x2, y2] = [left.x + BOX.width, left.y + BOX.height / 2, right.x, right.y + BOX.height / 2];
  const middle = (x1 + x2) / 2;
  return (
    <path className={edge.isWeak ? 'edge weak' : 'edge'} d={`M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`}>
      <title>{EDGES[edge.type] ?? edge.type}</title>
    </path>
  );
}

function Box({ id, name, place }: { id: string; name: string; place: Place }) {
  const kind = kindOf(id);
  const short = name.length > LETTERS ? `${name.slice(0, LETTERS - 1).trimEnd()}…` : name;
  return (
    <g className="node" style={{ ...colour(kind.toLowerCase()), cursor: 'pointer' }}
      transform={`translate(${place.x} ${place.y})`} onClick={() => navigate(href(pageOf(id)))}>
      <title>{`${KINDS[kind] ?? kind}: ${name}`}</title>
      <rect width={BOX.width} height={BOX.height} rx="6" />
      <rect className="mark" x="10" y="12" width="8" height="8" rx={kind === 'Partner' ? 4 : 2} />
      <text x="26" y="20">{short}</text>
    </g>
  );
}
