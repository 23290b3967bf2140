import { type ComponentType, lazy, type ReactNode, Suspense } from 'react';

import { QueryDialog } from '../parts/Query';
import { Loading } from '../parts/States';
import { AccountPage } from '../views/AccountPage';
import { AccountsPage } from '../views/AccountsPage';
import { AskPage } from '../views/AskPage';
import { DealPage } from '../views/DealPage';
import { EmbeddedAccount } from '../views/EmbeddedAccount';
import { HomePage } from '../views/HomePage';
import { IntegrationPage } from '../views/IntegrationPage';
import { MatchesPage } from '../views/MatchesPage';
import { NotFoundPage } from '../views/NotFoundPage';
import { OverlapPage } from '../views/OverlapPage';
import { PartnerPage } from '../views/PartnerPage';
import { PartnersPage } from '../views/PartnersPage';
import { ProductPage } from '../views/ProductPage';
import { SearchPage } from '../views/SearchPage';
import { WhatIfPage } from '../views/WhatIfPage';
import { segments, useAddress } from './router';
import { Shell } from './Shell';

// Loaded when opened: drawing needs libraries that weigh more than all the rest.
const GraphPage = lazy(() => import('../views/GraphPage').then((view) => ({ default: view.GraphPage })));

// Loaded when opened: they are needed seldom.
const ImportPage = lazy(() => import('../views/ImportPage').then((view) => ({ default: view.ImportPage })));

const ReportPage = lazy(() => import('../views/ReportPage').then((view) => ({ default: view.ReportPage })));

const OF_ONE: Record<string, (properties: { id: string }) => ReactNode> = {
  partners: PartnerPage, accounts: AccountPage, products: ProductPage, integrations: IntegrationPage, deals: DealPage,
};

const OF_ALL: Record<string, ComponentType> = {
  '': HomePage, partners: PartnersPage, accounts: AccountsPage, graph: GraphPage, overlap: OverlapPage, import: ImportPage, matches: MatchesPage, report: ReportPage, 'what-if': WhatIfPage, search: SearchPage, ask: AskPage,
};

export function App() {
  const path = segments(useAddress());
  if (path.join('/') === 'embed/account') return <EmbeddedAccount />;
  return <QueryDialog><Shell><Suspense fallback={<Loading height={560} />}><View path={path} /></Suspense></Shell></QueryDialog>;
}

function View({ path: [name = '', id, ...rest] }: { path: string[] }) {
  const One = OF_ONE[name];
  if (One && id && !rest.length) return <One key={id} id={id} />;
  const All = OF_ALL[name];
  return All && id === undefined ? <All /> : <NotFoundPage />;
}
