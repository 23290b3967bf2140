import { partnerGraph } from '#operations';
import { useMemo, useRef, useState } from 'react';

import { useAsOf } from '../app/asOf';
import { useParameters } from '../app/router';
import { useQuery } from '../data/useQuery';
import { count, counted, date, listed } from '../format/format';
import { PARTNER_TYPES } from '../format/words';
import { Canvas, type Picture } from '../graph/Canvas';
import { GraphLegend, legendOf } from '../graph/GraphLegend';
import { type ColourBy, looks } from '../graph/look';
import { type Choice, communities, type Found, network } from '../graph/network';
import { grown, monthsOf } from '../graph/growth';
import { usePalette } from '../graph/palette';
import { PartnerPanel } from '../graph/PartnerPanel';
import { PartnerTable } from '../graph/PartnerTable';
import { Replay } from '../graph/Replay';
import { rowsOf } from '../graph/rows';
import { withLegend } from '../graph/export';
import { download } from '../parts/download';
import { Head } from '../parts/Head';
import { Icon } from '../parts/Icon';
import { choice as oneOf } from '../parts/ListPage';
import { PartnerField } from '../parts/PartnerField';
import { QueryButton } from '../parts/Query';
import { Empty, Loading, Problems } from '../parts/States';

const TITLE = 'Partner graph';

/** Who is tied to whom: the whole partner graph as a picture and as a table. */
export function GraphPage() {
  const { data, problems, isLoading, retry } = useQuery(partnerGraph, {});
  const asOf = useAsOf();
  const found = data?.partnerGraph;
  return (
    <>
      <Head title={TITLE} lead={found && <Lead found={found} asOf={asOf} />}>
        <QueryButton operation={partnerGraph} variables={{}} />
      </Head>
      <Problems problems={problems} retry={retry} />
      {!data && isLoading && <Loading height={560} what="Reading the partner graph" />}
      {data && !found && !problems.length && (
        <Empty title="Nothing is measured yet.">
          Places, sizes and communities are computed and stored by <code>ecograph measure</code>; run it, then load this page again.
        </Empty>
      )}
      {found && (found.nodes.length ? <Explored found={found} /> : (
        <Empty title="There is no partner to draw.">Import partners with <code>ecograph import</code>, then run <code>ecograph measure</code>.</Empty>
      ))}
    </>
  );
}

function Lead({ found, asOf }: { found: Found; asOf: string | undefined }) {
  const { provenance: { computedAt, isStale, excluded } } = found;
  return (
    <>
      <p>
        {counted(found.nodes.length, 'partner')} and {counted(found.edges.length, 'tie')}: two partners are tied where they share active
        accounts or integrations. Partners with strong ties stand near each other; the larger a dot, the higher its PageRank.
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

function Explored({ found }: { found: Found }) {
  const [parameters, change] = useParameters();
  const whole = useMemo(() => network(found), [found]);
  const months = useMemo(() => monthsOf(whole), [whole]);
  const month = months.slice(0, -1).find((one) => one === parameters.get('until'));
  const graph = useMemo(() => (month === undefined ? whole : grown(whole, month)), [whole, month]);
  const lookOf = useMemo(() => looks(graph, whole), [graph, whole]);
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
  const look = useMemo(() => lookOf(choice, by, palette), [lookOf, choice, by, palette]);
  const rows = useMemo(() => rowsOf(graph, choice, look.way), [graph, choice, look]);
  const legend = useMemo(() => legendOf(graph, by), [graph, by]);
  const nameOf = (id: string) => (whole.hasNode(id) ? whole.getNodeAttribute(id, 'name') : id);
  const toMonth = (next: string | undefined) => change({ until: next ?? null, page: null });
  const choose = (id: string | undefined) => change({ partner: id, to: null, page: null }, { replace: false });
  const [title, note] = look.way && selected && other
    ? [`The way from ${nameOf(selected)} to ${nameOf(other)}`, 'Over the fewest ties and, of such ways, over the strongest.']
    : selected ? [`${nameOf(selected)} and the partners tied to it`, 'The strongest ties first.']
      : ['The partners of the picture', 'The largest by PageRank first; a filter above fits the table too.'];

  const save = () => {
    setDrawing(true);
    void picture.current?.drawn()
      .then((drawn) => withLegend(drawn, TITLE, legend, palette))
      .then((image) => download('partner-graph.png', image))
      .finally(() => setDrawing(false));
  };

  return (
    <>
      <div className="filters" role="group" aria-label="What is shown">
        <div className="graph-find">
          <PartnerField label="Find a partner in the picture" placeholder="Find a partner" onChoose={choose} />
        </div>
        <label>
          Type
          <select className="field" value={type ?? ''} onChange={(event) => change({ type: event.target.value, page: null })}>
            <option value="">All</option>
            {Object.entries(PARTNER_TYPES).map(([key, word]) => <option key={key} value={key}>{word}</option>)}
          </select>
        </label>
        <label>
          Community
          <select className="field" value={community === undefined ? '' : community + 1}
            onChange={(event) => change({ community: event.target.value, page: null })}>
            <option value="">All</option>
            {all.map((one) => (
              <option key={one.community} value={one.community + 1}>{one.community + 1} ({count(one.size)})</option>
            ))}
          </select>
        </label>
        <label>
          Colour by
          <select className="field" value={by} onChange={(event) => change({ colour: event.target.value === 'type' ? 'type' : null })}>
            <option value="community">Community</option>
            <option value="type">Type</option>
          </select>
        </label>
      </div>
      <div className={selected ? 'graph with-panel' : 'graph'}>
        <div className="graph-picture">
          <Canvas graph={whole} look={look} palette={palette} selected={selected} picture={picture} onChoose={choose}
            label={`${TITLE}: ${title.toLowerCase()}, drawn. The table below says the same.`} />
          <div className="graph-tools" role="group" aria-label="The picture">
            <button type="button" className="button icon" aria-label="Zoom in" onClick={() => picture.current?.zoom('in')}>+</button>
            <button type="button" className="button icon" aria-label="Zoom out" onClick={() => picture.current?.zoom('out')}>−</button>
            <button type="button" className="button" onClick={() => picture.current?.zoom('all')}>All</button>
            <button type="button" className="button" disabled={isDrawing} onClick={save}><Icon name="download" />PNG</button>
          </div>
          <GraphLegend entries={legend} />
          {months.length > 1 && <Replay months={months} month={month} shown={graph} onMonth={toMonth} />}
        </div>
        {selected && (
          <PartnerPanel key={selected} id={selected} graph={graph} other={other} way={look.way}
            onOther={(to) => change({ to, page: null }, { replace: false })} onClose={() => choose(undefined)} />
        )}
      </div>
      <PartnerTable title={title} note={note} rows={rows} hasTies={selected !== undefined} onChoose={choose} />
    </>
  );
}
