import type Sigma from 'sigma';
import { useEffect, useRef } from 'react';

import type { Disc } from './arrange';
import { discsSeen, nameAt, namedDiscs } from './scene';

type Props = { sigma: Sigma; discs: readonly Disc[]; nameOf: (disc: Disc) => string };

/** The discs behind a picture that is arranged by segment, and their names upon it; both go with the camera. */
export function Groups({ sigma, discs, nameOf }: Props) {
  const shapes = useRef<SVGSVGElement>(null);
  const names = useRef<HTMLUListElement>(null);

  useEffect(() => {
    if (!discs.length) return;
    const circles = [...shapes.current?.children ?? []];
    const labels = [...names.current?.children ?? []] as HTMLElement[];
    const widths = labels.map((label) => label.offsetWidth);
    const place = () => {
      const seen = discsSeen(sigma, discs, nameOf);
      const isNamed = namedDiscs(seen, widths);
      seen.forEach((disc, at) => {
        const { x, y } = nameAt(disc);
        circles[at]?.setAttribute('transform', `translate(${disc.x} ${disc.y}) scale(${disc.radius})`);
        const label = labels[at];
        if (label) label.style.transform = `translate(${x}px, ${y}px) translate(-50%, -50%)`;
        label?.classList.toggle('is-covered', !isNamed[at]);
      });
    };
    place();
    const camera = sigma.getCamera();
    camera.on('updated', place);
    sigma.on('afterRender', place);
    return () => {
      camera.off('updated', place);
      sigma.off('afterRender', place);
    };
  }, [sigma, discs, nameOf]);

  return (
    <>
      <svg ref={shapes} className="graph-discs" aria-hidden="true">{discs.map(({ key }) => <circle key={key} r={1} />)}</svg>
      {discs.length > 0 && (
        <ul ref={names} className="graph-groups" aria-label="Groups">{discs.map((disc) => <li key={disc.key} hidden={!nameOf(disc)}>{nameOf(disc)}</li>)}</ul>
      )}
    </>
  );
}
