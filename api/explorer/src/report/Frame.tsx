import { useEffect, useState } from 'react';

import { today } from '../app/asOf';
import { date } from '../format/format';
import { Icon } from '../parts/Icon';

/** The address as it can be given away: what a fragment holds may be a login. */
export function address(): string {
  return location.origin + location.pathname + location.search;
}

/** Sends the report away: its address, or paper. */
export function Sending() {
  const [copied, setCopied] = useState<string>();
  const said = copied === undefined ? '' : copied ? 'Copied' : 'Copy it from the address bar';
  return (
    <>
      <button type="button" className="button" onClick={() => void copy().then(setCopied)}>
        <Icon name="link" />{said || 'Copy link'}
      </button>
      <button type="button" className="button" onClick={() => window.print()}><Icon name="print" />Print</button>
      <span className="hidden" role="status">{said}</span>
    </>
  );
}

/** The address that was copied; empty where the browser does not let a page copy. */
async function copy(): Promise<string> {
  const text = address();
  try {
    await navigator.clipboard.writeText(text);
    return text;
  } catch {
    return '';
  }
}

/** Where the report comes from and of when it is: at its end and, on paper, at the foot of each sheet. */
export function Foot({ title, day }: { title: string; day: string }) {
  const from = address();
  useEffect(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`@page { @bottom-left { content: ${quoted(`${title}, as of ${date(day)} · ${from}`)}; } }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
    };
  }, [title, day, from]);
  return (
    <footer className="report-foot muted small">
      <span>Made on {date(today())} with Ecograph, as of {date(day)}.</span>
      <span>{from}</span>
    </footer>
  );
}

/** A text as CSS has it. */
function quoted(text: string): string {
  return `"${text.replace(/["\\\n]/g, (letter) => `\\${letter.charCodeAt(0).toString(16)} `)}"`;
}
