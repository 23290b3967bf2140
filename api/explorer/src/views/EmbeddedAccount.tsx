import { accountCard, type AccountCard } from '#operations';
import { useEffect } from 'react';

import { useAsOf } from '../app/asOf';
import { pageOf, useParameters } from '../app/router';
import { useQuery } from '../data/useQuery';
import { count, decimal, listed, money } from '../format/format';
import { POPULATION, STRENGTH } from '../format/words';
import { Facts } from '../parts/Card';
import { Link } from '../parts/Link';
import { Empty, Loading, Problems } from '../parts/States';
import { StrengthBar } from '../parts/Strengths';

type Node = NonNullable<AccountCard['account']>;

/** A card, 320 pixels wide, for a CRM's side bar: `/embed/account?id=…` or `?domain=…`. */
export function EmbeddedAccount() {
  const [parameters] = useParameters();
  const [id, domain] = [parameters.get('id') ?? undefined, parameters.get('domain') ?? undefined];
  const asOf = useAsOf();
  const { data, problems, isLoading, retry } = useQuery(accountCard, id || domain ? { id, domain, asOf } : null);
  const account = data?.account;
  useEffect(() => {
    document.title = account ? `${account.name} · Ecograph` : 'Ecograph';
  }, [account]);
  return (
    <main className="embed">
      {!id && !domain && <><h1>An account</h1><Empty title="Which account?">Give the address an id or a domain: ?id=… or ?domain=….</Empty></>}
      {isLoading && !account && <Loading height={160} />}
      <Problems problems={problems} retry={retry} />
      {data && !account && !problems.length && <><h1>Not found</h1><Empty title={`There is no account ${id ?? domain}.`} /></>}
      {account && <Card account={account} />}
    </main>
  );
}

function Card({ account }: { account: Node }) {
  const { nodes, totalCount, reason } = account.strengthenedBy;
  return (
    <>
      <h1><Link to={pageOf(account.id)} target="_blank">{account.name}</Link></h1>
      <Facts facts={[
        ['Is our', account.population && POPULATION[account.population].toLowerCase()],
        ['ARR', account.arr && money(account.arr, 'short')],
        ['Partners', count(account.partners.totalCount)],
        ['Integrations on', count(account.integrations.totalCount)],
      ]} />
      <h2>Strengthened by {count(totalCount)}</h2>
      {nodes.length ? (
        <ul className="embed-list">
          {nodes.map(({ partner, score, components }) => (
            <li key={partner.id}>
              <div className="strength-row">
                <Link to={pageOf(partner.id)} target="_blank">{partner.name}</Link>
                <StrengthBar components={components} />
                <span className="number">{decimal(score)}</span>
              </div>
              <div className="muted small">{listed(components.map(({ kind }) => STRENGTH[kind].toLowerCase()))}</div>
            </li>
          ))}
        </ul>
      ) : <Empty title="By no partner yet.">{reason}</Empty>}
    </>
  );
}
