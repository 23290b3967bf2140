/**
 * What a request shows for itself beside the browser's session: a token that the page around ours put into the fragment
 * of the address, or a key that was typed in, kept for this tab only.
 */
const KEY = 'ecograph:key';

export function bearer(fragment: string = location.hash): string | null {
  return new URLSearchParams(fragment.slice(1)).get('token') ?? sessionStorage.getItem(KEY);
}

export function keepKey(key: string): void {
  sessionStorage.setItem(KEY, key);
}
