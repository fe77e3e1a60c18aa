import { useSyncExternalStore } from 'react';

/** `#/train?run=vae-plain&step=3000`: the page, and all that a reload must find again. */
export interface Address {
  page: string;
  params: Readonly<Record<string, string>>;
}

/** Undefined takes a parameter away. */
export type Params = Readonly<Record<string, string | number | undefined>>;

/** These go along from page to page; all others belong to one page, which finds them again when one comes back. */
const shared: readonly string[] = ['run', 'step', 'theme', 'data'];
const memoryKey = 'extrapolation-pages';

let current = read();
const listeners = new Set<() => void>();

window.addEventListener('hashchange', () => {
  remember();
  current = read();
  for (const listener of [...listeners]) listener();
});

function read(): Address {
  const [path = '', query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  return { page: path === '' ? 'start' : path, params: Object.fromEntries(new URLSearchParams(query)) };
}

export function useAddress(): Address {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}

/** The address of a page as a link: what belongs to every page, what that page had last, and `params`. */
export function linkTo(page: string, params: Params = {}): string {
  const kept = Object.entries(current.params).filter(([name]) => shared.includes(name));
  const own = page === current.page ? current.params : remembered()[page];
  return format(page, { ...own, ...Object.fromEntries(kept), ...params });
}

export function goTo(page: string, params: Params = {}): void {
  location.hash = linkTo(page, params);
}

/** The parameters as they are now, for what is done at a click. */
export function paramsNow(): Address['params'] {
  return current.params;
}

/** Changes parameters of the page that is shown, without a step in the history: "back" leads to the page before. */
export function setParams(params: Params): void {
  change(params, (hash) => {
    history.replaceState(null, '', hash);
  });
}

/** The same for what one would go back from, such as other seeds: "back" leads to what was shown before. */
export function stepTo(params: Params): void {
  change(params, (hash) => {
    history.pushState(null, '', hash);
  });
}

function change(params: Params, put: (hash: string) => void): void {
  const hash = format(current.page, { ...current.params, ...params });
  if (hash === location.hash) return;
  put(hash);
  current = read();
  for (const listener of [...listeners]) listener();
}

function format(page: string, params: Params): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) if (value !== undefined) query.set(name, String(value));
  const text = query.toString();
  return `#/${page}${text === '' ? '' : `?${text}`}`;
}

function remembered(): Record<string, Record<string, string>> {
  try {
    const found: unknown = JSON.parse(sessionStorage.getItem(memoryKey) ?? '{}');
    return typeof found === 'object' && found !== null
      ? (found as Record<string, Record<string, string>>)
      : {};
  } catch {
    return {};
  }
}

function remember(): void {
  const own = Object.entries(current.params).filter(([name]) => !shared.includes(name));
  sessionStorage.setItem(
    memoryKey,
    JSON.stringify({ ...remembered(), [current.page]: Object.fromEntries(own) }),
  );
}
