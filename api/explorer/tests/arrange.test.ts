import { expect, test } from 'vitest';

import { apart } from '../src/graph/apart';
import { byForce, bySegment } from '../src/graph/arrange';
import { radii } from '../src/graph/look';
import { type Found, network } from '../src/graph/network';
import { groups, segmentWord } from '../src/graph/segments';
import { type SizeBy, SIZES, sizeWord, valuesOf } from '../src/graph/sizes';

type Partner = Found['nodes'][number]['partner'];

const node = (id: string, size: number, of: Partial<Partner> = {}, community: number | null = 0): Found['nodes'][number] => ({
  x: 1, y: -1, community, size,
  partner: { id, name: id.toUpperCase(), types: ['TECHNOLOGY'], joinedOn: null, sectors: [], region: null, tier: null, measures: null, ...of },
});
const tie = (from: string, to: string, weight: number, sharedAccounts = 1) => ({ from, to, weight, sharedAccounts, sharedIntegrations: 0, since: null });

const GRAPH = network({
  nodes: [
    node('a', 0.4, { region: 'EMEA', sectors: ['Data', 'Mail'], measures: { betweenness: 7, coverageShapley: 1200 } }),
    node('b', 0.1, { region: 'EMEA', sectors: ['Mail'] }), node('c', 0.3, { region: 'APAC', types: ['SERVICE', 'RESELLER'] }, 1),
    node('d', 0.2, { region: 'EMEA', tier: 'Gold' }, 1), node('e', 0, {}, null),
  ],
  edges: [tie('a', 'b', 1.5, 2), tie('a', 'c', 2, 3), tie('c', 'd', 0.25)],
});
const ofGroups = (by: Parameters<typeof groups>[1]) => groups(GRAPH, by).map(({ name, ids }) => [name, ids.join('')]);

test('partners are put together by a segment: large groups first, those without it last, of several the first', () => {
  expect(ofGroups('region')).toEqual([['EMEA', 'abd'], ['APAC', 'c'], ['No region', 'e']]);
  expect(ofGroups('sector')).toEqual([['Data', 'a'], ['Mail', 'b'], ['No sector', 'cde']]);
  expect(ofGroups('type')).toEqual([['Technology', 'abde'], ['Service', 'c']]);
  expect(ofGroups('tier')).toEqual([['Gold', 'd'], ['No tier', 'abce']]);
  expect(ofGroups('community')).toEqual([['1: A', 'ab'], ['2: C', 'cd'], ['No community', 'e']]);
  expect(segmentWord(GRAPH.getNodeAttributes('c'), 'community')).toBe('2');
});

test('each disc holds its partners, the largest in the middle, and no disc covers another', () => {
  const { place, discs } = bySegment(GRAPH, 'region', radii(GRAPH).of);
  expect(discs.map(({ name, ids }) => [name, ids.join('')])).toEqual([['EMEA', 'adb'], ['APAC', 'c'], ['No region', 'e']]);
  for (const disc of discs) {
    const far = disc.ids.map((id) => Math.hypot(place(id).x - disc.x, place(id).y - disc.y));
    expect(far).toEqual([...far].sort((one, other) => one - other));
    expect(far[0]).toBeCloseTo(0);
    expect(Math.max(...far)).toBeLessThan(disc.radius);
  }
  discs.forEach((one, at) => discs.slice(at + 1).forEach((other) => {
    expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThan(one.radius + other.radius);
  }));
  expect(byForce(GRAPH).place('a')).toMatchObject({ x: 1, y: -1 });
});

test('the same graph is always arranged alike, in whatever order its partners come', () => {
  const turned = network({
    nodes: GRAPH.mapNodes((id, { community, pageRank, types, sectors, region, tier }) => node(id, pageRank, { types: [...types], sectors: [...sectors], region, tier }, community)).reverse(),
    edges: [],
  });
  const [one, other] = [GRAPH, turned].map((graph) => bySegment(graph, 'region', radii(graph).of));
  for (const id of GRAPH.nodes()) expect(one?.place(id)).toEqual(other?.place(id));
});

test('20,000 partners are arranged at once, none upon another', () => {
  const many = network({
    nodes: Array.from({ length: 20_000 }, (_, at) => node(`p${at}`, 1 / (1 + at), { region: `r${at % 7}`, sectors: [`s${at % 300}`] })), edges: [],
  });
  const { of } = radii(many);
  bySegment(many, 'region', of); // so that the code is compiled
  const began = process.cpuUsage();
  const { place } = bySegment(many, 'sector', of);
  expect(process.cpuUsage(began).user).toBeLessThan(1_000_000); // microseconds; it takes some 50,000
  expect(new Set(many.mapNodes((id) => `${place(id).x.toFixed(3)} ${place(id).y.toFixed(3)}`)).size).toBe(20_000);
});

test('dots are sized by what was chosen, through whose value their area grows', () => {
  const all = (by: SizeBy) => GRAPH.mapNodes(valuesOf(GRAPH, by));
  expect(all('pageRank')).toEqual([0.4, 0.1, 0.3, 0.2, 0]);
  expect(all('ties')).toEqual([2, 1, 2, 1, 0]);
  expect(all('weight')).toEqual([3.5, 1.5, 2.25, 0.25, 0]);
  expect(all('sharedAccounts')).toEqual([5, 2, 4, 1, 0]);
  expect(all('betweenness')).toEqual([7, null, null, null, null]);
  const { of, ofValue, most } = radii(GRAPH, 'weight');
  expect(most).toBe(3.5);
  expect(of('c')).toBe(ofValue(2.25));
  expect((ofValue(3.5) - ofValue(0)) / (ofValue(3.5 / 4) - ofValue(0))).toBeCloseTo(2);
  for (const by of Object.keys(SIZES) as SizeBy[]) expect(radii(GRAPH, by).of('e')).toBe(radii(GRAPH, by).ofValue(0));
});

test('covered value is told in its own unit', () => {
  const provenance = [{ measures: ['coverageShapley'], provenance: { parameters: { currency: 'USD' } } }];
  expect(sizeWord('coverageShapley', 1200, { valueBasis: 'ARR', provenance })).toBe('$1.2K');
  expect(sizeWord('coverageShapley', 12, { valueBasis: 'ACCOUNTS', provenance })).toBe('12 accounts');
  expect(sizeWord('betweenness', null)).toBe('–');
});

test('of boxes that cover each other the first stands', () => {
  const box = (x: number, y: number) => ({ x, y, width: 10, height: 10 });
  expect(apart([box(0, 0), box(5, 5), box(10, 0), box(12, 9)])).toEqual([true, false, true, false]);
});
