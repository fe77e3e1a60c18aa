import { useEffect } from 'react';
import type { LazyPage } from './pageDefinition.ts';

/** What the first page itself asks for comes first, ms. */
const startsAfter = 2000;
/** The browser has this long to find a quiet moment then, ms. */
const mostPatience = 3000;

/**
 * Fetches the code of all pages once the first one stands, one after the other: the engine, which serves it, is slow to answer
 * while it measures, and a press on the rail should not wait for that.
 */
export function usePagesAhead(pages: readonly { page: LazyPage }[]): void {
  useEffect(() => {
    let quiet = 0;
    const timer = setTimeout(() => {
      quiet = requestIdleCallback(() => void fetchAhead(pages), { timeout: mostPatience });
    }, startsAfter);
    return () => {
      clearTimeout(timer);
      cancelIdleCallback(quiet);
    };
  }, [pages]);
}

/** What cannot be fetched now is fetched when its page is opened, and says then what is wrong. */
export async function fetchAhead(pages: readonly { page: Pick<LazyPage, 'load'> }[]): Promise<void> {
  for (const { page } of pages) await page.load().catch(() => undefined);
}
