import { search } from '#operations';
import { useState } from 'react';

import { useQuery } from '../data/useQuery';
import { Combobox, type Option, usePaused } from './Combobox';
import { Hit } from './SearchBox';

const PAUSE_MS = 120;

type Props = { label: string; placeholder: string; onChoose: (id: string) => void };

/** Finds a partner by the beginning of a word of its name. */
export function PartnerField({ label, placeholder, onChoose }: Props) {
  const [text, setText] = useState('');
  const asked = usePaused(text.trim(), PAUSE_MS);
  const { data, isLoading, problems } = useQuery(search, asked ? { text: asked, kinds: ['PARTNER'] } : null);
  const hits = asked ? (data?.search.nodes ?? []) : [];
  const none = isLoading ? 'Searching …' : `No partner's name has a word that begins with “${asked}”.`;
  const note = problems[0]?.message ?? (asked && !hits.length && none);
  const options: Option[] = hits.map((hit) => ({
    key: hit.node.id, content: <Hit hit={hit} />, choose: () => onChoose(hit.node.id),
  }));
  return (
    <Combobox label={label} placeholder={placeholder} text={text} onText={setText} options={options}
      said={isLoading ? '' : `${data?.search.totalCount ?? 0} found`}
      note={note} />
  );
}
