import { type ReactNode, useEffect, useState } from 'react';

import icon from '../icon.svg';
import { AsOf } from '../parts/AsOf';
import { Icon, type IconName } from '../parts/Icon';
import { Link } from '../parts/Link';
import { SearchBox } from '../parts/SearchBox';
import { base } from './base';
import { segments, useAddress } from './router';
import { useTheme } from './theme';

const PLACES: readonly { name: string; path: string; icon: IconName }[] = [
  { name: 'Home', path: '', icon: 'home' },
  { name: 'Partners', path: 'partners', icon: 'partners' },
  { name: 'Accounts', path: 'accounts', icon: 'accounts' },
  { name: 'Overlap', path: 'overlap', icon: 'overlap' },
  { name: 'Matches', path: 'matches', icon: 'matches' },
  { name: 'Graph', path: 'graph', icon: 'graph' },
  { name: 'What if', path: 'what-if', icon: 'whatIf' },
  { name: 'Ask', path: 'ask', icon: 'ask' },
];

const THEMES = { system: 'System theme', light: 'Light theme', dark: 'Dark theme' };

/** What stands around every view. */
export function Shell({ children }: { children: ReactNode }) {
  const address = useAddress();
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    setOpen(false);
    window.scrollTo(0, 0);
  }, [address.pathname]);
  return (
    <div className={isOpen ? 'shell open' : 'shell'}>
      <a className="skip" href="#main">To the content</a>
      <Side here={segments(address)[0] ?? ''} />
      {isOpen && <button type="button" className="scrim" aria-label="Close the menu" onClick={() => setOpen(false)} />}
      <header className="top">
        <button type="button" className="button plain icon menu-button" aria-label="Menu" aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}>
          <Icon name="menu" />
        </button>
        <SearchBox />
        <AsOf />
      </header>
      <main id="main" className="main" tabIndex={-1}>{children}</main>
    </div>
  );
}

function Side({ here }: { here: string }) {
  const [theme, turn] = useTheme();
  return (
    <aside className="side" aria-label="Ecograph">
      <a className="brand" href={base}><img src={icon} alt="" width="24" height="24" />Ecograph</a>
      <nav className="nav" aria-label="Views">
        {PLACES.map((place) => (
          <Link key={place.path} to={place.path} aria-current={here === place.path ? 'page' : undefined}>
            <Icon name={place.icon} />{place.name}
          </Link>
        ))}
      </nav>
      <div className="side-foot">
        <button type="button" className="side-button" onClick={turn} title="Turn to the next of light, dark and the system's">
          <Icon name={theme} />{THEMES[theme]}
        </button>
      </div>
    </aside>
  );
}
