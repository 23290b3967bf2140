/** The address is the state: a path below the mount point, and parameters. */
import { useSyncExternalStore } from 'react';

import { base } from './base';

export type Parameters = Record<string, string | null | undefined>;

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
}

/** The address, once for each that was visited, so that it can be compared. */
export function useAddress(): URL {
  return new URL(useSyncExternalStore(subscribe, () => location.href));
}

/** The path of an address below the mount point, decoded by its segments. */
export function segments(address: URL): string[] {
  return address.pathname.slice(base.length).split('/').filter(Boolean).map(decodeURIComponent);
}

/** An address of the application; the day of the present one goes with it. */
export function href(path: string, parameters: Parameters = {}, from: string = location.search): string {
  const asOf = new URLSearchParams(from).get('asOf');
  return base + path + query({ ...parameters, asOf: 'asOf' in parameters ? parameters.asOf : asOf });
}

function query(parameters: Parameters): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value) search.set(name, value);
  const text = search.toString().replaceAll('%3A', ':').replaceAll('%2C', ',');
  return text && `?${text}`;
}

export function navigate(to: string, { replace = false } = {}): void {
  history[replace ? 'replaceState' : 'pushState'](null, '', to);
  for (const listener of listeners) listener();
}

/** Parameters of the address, and how to change some of them. */
export function useParameters(): [URLSearchParams, (changes: Parameters, how?: { replace?: boolean }) => void] {
  const address = useAddress();
  const change = (changes: Parameters, how: { replace?: boolean } = { replace: true }) => {
    const all = { ...Object.fromEntries(new URLSearchParams(location.search)), ...changes };
    navigate(location.pathname + query(all), how);
  };
  return [address.searchParams, change];
}

/** Ids of a parameter, each once. */
export function idsOf(text: string | null): string[] {
  return [...new Set((text ?? '').split(',').map((id) => id.trim()).filter(Boolean))];
}

/** The page of a node. */
export function pageOf(id: string): string {
  const kind = id.slice(0, id.indexOf(':'));
  return `${PAGES[kind] ?? kind}/${encodeURIComponent(id).replaceAll('%3A', ':')}`;
}

const PAGES: Record<string, string> = {
  partner: 'partners', account: 'accounts', product: 'products', integration: 'integrations', deal: 'deals',
};
