import { partnerGraph } from '#operations';
import { useCallback, useMemo, useRef, useState } from 'react';

import { useAsOf } from '../app/asOf';
import { useParameters } from '../app/router';
import { useQuery } from '../data/useQuery';
import { count, counted, date, listed, monthOf } from '../format/format';
import { PARTNER_TYPES } from '../format/words';
import { byForce, bySegment, type Disc } from '../graph/arrange';
import { Canvas, type Picture } from '../graph/Canvas';
import { Controls } from '../graph/Controls';
import { GraphLegend, legendOf, SizeLegend } from '../graph/GraphLegend';
import { type ColourBy, looks, radii } from '../graph/look';
import { type Choice, communities, fits, type Found, network } from '../graph/network';
import { grown, monthsOf } from '../graph/growth';
import { usePalette } from '../graph/palette';
import { PartnerPanel } from '../graph/PartnerPanel';
import { PartnerTable } from '../graph/PartnerTable';
import { Replay } from '../graph/Replay';
import { rowsOf } from '../graph/rows';
import { withLegend } from '../graph/export';
import { type Segment, SEGMENTS } from '../graph/segments';
import { type Basis, SIZE_MEANING, type SizeBy, SIZES, sizeWord, valuesOf } from '../graph/sizes';
import { svg } from '../graph/svg';
import { download } from '../parts/download';
import { Head } from '../parts/Head';
import { Icon } from '../parts/Icon';
import { choice as oneOf } from '../parts/ListPage';
import { QueryButton } from '../parts/Query';
import { Empty, Loading, Problems } from '../parts/States';

const TITLE = 'Partner graph';

/** How partners are drawn: what sizes them, and what they are put together by; by their ties where nothing is named. */
type Drawing = { sizeBy: SizeBy; segment: Segment | undefined };

/** Who is tied to whom: the whole partner graph as a picture and as a table. */
export function GraphPage() {
  const { data, problems, isLoading, retry } = useQuery(partnerGraph, {});
  const asOf = useAsOf();
  const [parameters] = useParameters();
  const found = data?.partnerGraph;
  const basis = data?.partners.nodes[0]?.measures;
  const drawing: Drawing = {
    sizeBy: oneOf(parameters.get('size') ?? undefined, SIZES) ?? 'pageRank', segment: oneOf(parameters.get('arrange') ?? undefined, SEGMENTS),
  };
  return (
    <>
      <Head title={TITLE} lead={found && <Lead found={found} asOf={asOf} {...drawing} />}>
        <QueryButton operation={partnerGraph} variables={{}} />
      </Head>
      <Problems problems={problems} retry={retry} />
      {!data && isLoading && <Loading height={560} what="Reading the partner graph" />}
      {data && !found && !problems.length && (
        <Empty title="Nothing is measured yet.">
          Places, sizes and communities are computed and stored by <code>ecograph measure</code>; run it, then load this page again.
        </Empty>
      )}
      {found && (found.nodes.length ? <Explored found={found} basis={basis} {...drawing} /> : (
        <Empty title="There is no partner to draw.">Import partners with <code>ecograph import</code>, then run <code>ecograph measure</code>.</Empty>
      ))}
    </>
  );
}

function Lead({ found, asOf, sizeBy, segment }: Drawing & { found: Found; asOf: string | undefined }) {
  const { provenance: { computedAt, isStale, excluded } } = found;
  return (
    <>
      <p>
        {counted(found.nodes.length, 'partner')} and {counted(found.edges.length, 'tie')}: two partners are tied where they share active
        accounts or integrations. {segment ? `Partners of one ${SEGMENTS[segment].toLowerCase()} stand together` : 'Partners with strong ties stand near each other'}.
        {' '}Size of a dot: {SIZES[sizeBy]}, {SIZE_MEANING[sizeBy]}.
      </p>
      <p className="small">
        Measured on {date(computedAt)}{isStale && '; data has changed since: run ecograph measure'}.
        {asOf && ` Earlier pictures are not stored: this is not the graph of ${date(asOf)}.`}
        {found.truncated && ' The largest partners and the heaviest ties alone are shown.'}
        {excluded.length > 0 && ` Left out: ${listed(excluded)}.`}
      </p>
    </>
  );
}

function Explored({ found, basis, sizeBy, segment }: Drawing & { found: Found; basis: Basis }) {
  const [parameters, change] = useParameters();
  const whole = useMemo(() => network(found), [found]);
  const months = useMemo(() => monthsOf(whole), [whole]);
  const month = months.slice(0, -1).find((one) => one === parameters.get('until'));
  const graph = useMemo(() => (month === undefined ? whole : grown(whole, month)), [whole, month]);
  const lookOf = useMemo(() => looks(graph, whole), [graph, whole]);
  const sizes = useMemo(() => radii(whole, sizeBy), [whole, sizeBy]);
  const sizeOf = useMemo(() => valuesOf(whole, sizeBy), [whole, sizeBy]);
  const arrangement = useMemo(() => (segment ? bySegment(whole, segment, sizes.of) : byForce(whole)), [whole, segment, sizes]);
  const palette = usePalette();
  const picture = useRef<Picture>(null);
  const [isDrawing, setDrawing] = useState(false);

  const all = useMemo(() => communities(graph), [graph]);
  const by: ColourBy = parameters.get('colour') === 'type' ? 'type' : 'community';
  const community = all.find((one) => String(one.community + 1) === parameters.get('community'))?.community;
  const type = oneOf(parameters.get('type') ?? undefined, PARTNER_TYPES);
  const selected = parameters.get('partner') ?? undefined;
  const other = (selected && parameters.get('to')) || undefined;
  const choice: Choice = useMemo(() => ({ type, community, selected, other }), [type, community, selected, other]);
  const look = useMemo(() => lookOf(choice, by, palette, sizes), [lookOf, choice, by, palette, sizes]);
  const rows = useMemo(() => rowsOf(graph, choice, look.way, { sizeOf, segment }), [graph, choice, look, sizeOf, segment]);
  const legend = useMemo(() => legendOf(graph, by), [graph, by]);
  const discNames = useMemo(() => new Map(arrangement.discs.map(({ key, name, ids }) => {
    const shown = ids.filter((id) => graph.hasNode(id) && fits(graph.getNodeAttributes(id), choice)).length;
    return [key, shown ? `${name} (${count(shown)})` : ''];
  })), [arrangement, graph, choice]);
  const discName = useCallback(({ key }: Disc) => discNames.get(key) ?? '', [discNames]);
  const nameOf = (id: string) => (whole.hasNode(id) ? whole.getNodeAttribute(id, 'name') : id);
  const toMonth = (next: string | undefined) => change({ until: next ?? null, page: null });
  const choose = (id: string | undefined) => change({ partner: id, to: null, page: null }, { replace: false });
  const [title, note] = look.way && selected && other
    ? [`The way from ${nameOf(selected)} to ${nameOf(other)}`, 'Over the fewest ties and, of such ways, over the strongest.']
    : selected ? [`${nameOf(selected)} and the partners tied to it`, 'The strongest ties first.']
      : ['The partners of the picture', `The largest by ${SIZES[sizeBy]} first; a filter above fits the table too.`];

  const notes = [
    `Size: ${SIZES[sizeBy]}, the largest ${sizeWord(sizeBy, sizes.most, basis)}. ${segment ? `Put together by ${SEGMENTS[segment].toLowerCase()}` : 'Partners with strong ties stand near each other'}.`,
    `Measured on ${date(found.provenance.computedAt)}${month === undefined ? '' : `; who had joined by the end of ${monthOf(month)}`}.`,
  ];
  const savePng = () => {
    setDrawing(true);
    void picture.current?.drawn()
      .then((drawn) => withLegend(drawn, TITLE, legend, notes, palette))
      .then((image) => download('partner-graph.png', image))
      .finally(() => setDrawing(false));
  };
  const saveSvg = () => {
    const scene = picture.current?.scene();
    if (!scene) return;
    const entries = legend.map((one) => ({ color: palette.series(one.token), name: `${one.name} (${count(one.size)})` }));
    download('partner-graph.svg', new Blob([svg({ title: TITLE, notes, legend: entries, scene, colours: palette })], { type: 'image/svg+xml' }));
  };

  return (
    <>
      <Controls type={type} community={community} communities={all} colourBy={by} sizeBy={sizeBy} segment={segment} onChange={change} onChoose={choose} />
      <div className={selected ? 'graph with-panel' : 'graph'}>
        <div className="graph-picture">
          <div className="graph-tools" role="group" aria-label="The picture">
            <button type="button" className="button icon" aria-label="Zoom in" onClick={() => picture.current?.zoom('in')}>+</button>
            <button type="button" className="button icon" aria-label="Zoom out" onClick={() => picture.current?.zoom('out')}>−</button>
            <button type="button" className="button" onClick={() => picture.current?.zoom('all')}>All</button>
            <button type="button" className="button" disabled={isDrawing} onClick={savePng}><Icon name="download" />PNG</button>
            <button type="button" className="button" onClick={saveSvg}><Icon name="download" />SVG</button>
          </div>
          <Canvas graph={whole} arrangement={arrangement} nameOf={discName} look={look} palette={palette} selected={selected} picture={picture}
            onChoose={choose} label={`${TITLE}: ${title.toLowerCase()}, drawn. The table below says the same.`} />
          <GraphLegend entries={legend} />
          <SizeLegend by={sizeBy} sizes={sizes} basis={basis} />
          {months.length > 1 && <Replay months={months} month={month} shown={graph} onMonth={toMonth} />}
        </div>
        {selected && (
          <PartnerPanel key={selected} id={selected} graph={graph} other={other} way={look.way}
            onOther={(to) => change({ to, page: null }, { replace: false })} onClose={() => choose(undefined)} />
        )}
      </div>
      <PartnerTable title={title} note={note} rows={rows} hasTies={selected !== undefined} sizeBy={sizeBy} basis={basis} segment={segment} onChoose={choose} />
    </>
  );
}
