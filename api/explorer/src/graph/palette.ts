import { useEffect, useState } from 'react';

import type { Palette } from './look';

/** The page's colours, resolved for a canvas; anew when the theme turns. */
export function usePalette(): Palette {
  const [palette, setPalette] = useState(resolved);
  useEffect(() => {
    const turn = () => setPalette(resolved());
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    const theme = new MutationObserver(turn);
    scheme.addEventListener('change', turn);
    theme.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => {
      scheme.removeEventListener('change', turn);
      theme.disconnect();
    };
  }, []);
  return palette;
}

function resolved(): Palette {
  const probe = document.body.appendChild(document.createElement('span'));
  const known = new Map<string, string>();
  const colour = (name: string): string => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const names = [
    ...Array.from({ length: 8 }, (_, at) => `series-${at + 1}`), 'series-rest', 'technology', 'service', 'reseller', 'referral',
  ];
  for (const name of names) known.set(name, colour(name));
  const rest = known.get('series-rest') ?? '';
  const palette = {
    text: colour('text'), surface: colour('surface'), line: colour('line-strong'), strong: colour('muted'), faint: colour('faint'),
    sunken: colour('sunken'),
    series: (name: string) => known.get(name) ?? rest,
  };
  probe.remove();
  return palette;
}
