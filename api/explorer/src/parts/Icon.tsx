const PATHS = {
  home: 'M2.5 7.2 8 2.8l5.5 4.4v6.1h-3.7V9.6H6.2v3.7H2.5z',
  partners: 'M5.2 7.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4ZM10.9 8.4a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6ZM1.5 13c0-2 1.6-3.4 3.7-3.4S8.9 11 8.9 13M9.6 10.8a3 3 0 0 1 4.9 2.2',
  accounts: 'M3 13.5V3.2l5-1.4v11.7M8 5.8l5 1.3v6.4M1.8 13.5h12.4M5.2 5.6h.6M5.2 8.1h.6M5.2 10.6h.6M10.4 9h.6M10.4 11.2h.6',
  graph: 'M8 8 3.6 4.2M8 8l4.6-3.6M8 8l-3.2 4.4M8 8l4 4.2M9.4 8a1.4 1.4 0 1 1-2.8 0 1.4 1.4 0 0 1 2.8 0ZM4.6 3.8a1.2 1.2 0 1 1-2.4 0 1.2 1.2 0 0 1 2.4 0ZM13.8 4a1.2 1.2 0 1 1-2.4 0 1.2 1.2 0 0 1 2.4 0ZM6 13a1.2 1.2 0 1 1-2.4 0A1.2 1.2 0 0 1 6 13ZM13.2 12.8a1.2 1.2 0 1 1-2.4 0 1.2 1.2 0 0 1 2.4 0Z',
  overlap: 'M6.2 12a4.2 4.2 0 1 0 0-8.4 4.2 4.2 0 0 0 0 8.4ZM9.8 12a4.2 4.2 0 1 0 0-8.4 4.2 4.2 0 0 0 0 8.4Z',
  matches: 'M2.5 4c4.5 0 3.5 4 8 4M2.5 12c4.5 0 3.5-4 8-4M10 5.5 12.8 8 10 10.5',
  whatIf: 'M3 3.5h3.5c3 0 2.4 9 6 9M3 12.5h2.5M10.7 10.6l1.9 1.9-1.9 1.9M9.5 3.5H13M11.2 1.7 13 3.5l-1.8 1.8',
  ask: 'M6 4.5 2.5 8 6 11.5M10 4.5 13.5 8 10 11.5',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.4 10.4l3.4 3.4',
  menu: 'M2.5 4.5h11M2.5 8h11M2.5 11.5h11',
  close: 'M4 4l8 8M12 4l-8 8',
  info: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 7.3v3.4M8 5.2v.2',
  chevron: 'M6 3.5 10.5 8 6 12.5',
  light: 'M8 10.6a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2ZM8 1.8v1.3M8 12.9v1.3M1.8 8h1.3M12.9 8h1.3M3.6 3.6l.9.9M11.5 11.5l.9.9M12.4 3.6l-.9.9M4.5 11.5l-.9.9',
  dark: 'M13.2 9.6A5.6 5.6 0 0 1 6.4 2.8a5.6 5.6 0 1 0 6.8 6.8Z',
  system: 'M2.2 3h11.6v8H2.2zM6 13.5h4M8 11v2.5',
  up: 'M8 12.5v-9M4.5 7 8 3.5 11.5 7',
  down: 'M8 3.5v9M4.5 9 8 12.5 11.5 9',
  out: 'M6.5 3.5h-3v9h9v-3M9 3h4v4M13 3 7.5 8.5',
  play: 'M5 3.5v9L12 8z',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  download: 'M8 2.5v7.5M4.8 7 8 10.2 11.2 7M3 13h10',
  upload: 'M8 10.5V3M4.8 6 8 2.8 11.2 6M3 13h10',
  link: 'M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2.2-2.2a2.6 2.6 0 1 0-3.7-3.7l-.8.8M9.2 6.8a2.6 2.6 0 0 0-3.7 0L3.3 9a2.6 2.6 0 1 0 3.7 3.7l.8-.8',
  print: 'M4.5 6V2.5h7V6M4.5 11.5h-2v-5h11v5h-2M4.5 9.5h7v4h-7z',
  report: 'M4 2.5h5.5l3 3v8H4zM9.5 2.5v3h3M6 8.3h4.5M6 10.8h4.5',
} as const;

export type IconName = keyof typeof PATHS;

/** A line icon; always beside a text, so hidden from screen readers. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg aria-hidden="true" className="icon" width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor"
      strokeWidth="1.4" strokeLinecap="round" strokeLinejoin="round">
      <path d={PATHS[name]} />
    </svg>
  );
}
