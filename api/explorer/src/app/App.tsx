import type { ReactNode } from 'react';

import { QueryDialog } from '../parts/Query';
import { AccountPage } from '../views/AccountPage';
import { AccountsPage } from '../views/AccountsPage';
import { AskPage } from '../views/AskPage';
import { DealPage } from '../views/DealPage';
import { EmbeddedAccount } from '../views/EmbeddedAccount';
import { HomePage } from '../views/HomePage';
import { IntegrationPage } from '../views/IntegrationPage';
import { NotFoundPage } from '../views/NotFoundPage';
import { PartnerPage } from '../views/PartnerPage';
import { PartnersPage } from '../views/PartnersPage';
import { ProductPage } from '../views/ProductPage';
import { SearchPage } from '../views/SearchPage';
import { segments, useAddress } from './router';
import { Shell } from './Shell';

const OF_ONE: Record<string, (properties: { id: string }) => ReactNode> = {
  partners: PartnerPage, accounts: AccountPage, products: ProductPage, integrations: IntegrationPage, deals: DealPage,
};

const OF_ALL: Record<string, () => ReactNode> = {
  '': HomePage, partners: PartnersPage, accounts: AccountsPage, search: SearchPage, ask: AskPage,
};

export function App() {
  const path = segments(useAddress());
  if (path.join('/') === 'embed/account') return <EmbeddedAccount />;
  return <QueryDialog><Shell><View path={path} /></Shell></QueryDialog>;
}

function View({ path: [name = '', id, ...rest] }: { path: string[] }) {
  const One = OF_ONE[name];
  if (One && id && !rest.length) return <One key={id} id={id} />;
  const All = OF_ALL[name];
  return All && id === undefined ? <All /> : <NotFoundPage />;
}
