import { type ReactNode, useEffect, useRef } from 'react';

type Props = { title: string; over?: ReactNode; lead?: ReactNode; children?: ReactNode };

/** A page's head. The title is also the window's, and takes the focus when the page is turned to. */
export function Head({ title, over, lead, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Ecograph`;
  }, [title]);
  useEffect(() => {
    if (document.activeElement === document.body || document.activeElement?.tagName === 'A') {
      heading.current?.focus({ preventScroll: true });
    }
  }, []);
  return (
    <header className="head">
      <div>
        {over}
        <h1 ref={heading} tabIndex={-1}>{title}</h1>
        {lead && <div className="lead">{lead}</div>}
      </div>
      {children && <div className="actions">{children}</div>}
    </header>
  );
}
