import { useEffect, useState } from 'react';

/** What the page itself asks for comes first. */
const startsAfter = 1500;
/** A busy page is not waited for longer than this. */
const longest = 1000;

/** True from the first time on that the browser has nothing else to do: for what is needed soon and not yet. */
export function useIdle(): boolean {
  const [isIdle, setIdle] = useState(false);
  useEffect(() => {
    let asked = 0;
    const timer = setTimeout(() => {
      asked = requestIdleCallback(
        () => {
          setIdle(true);
        },
        { timeout: longest },
      );
    }, startsAfter);
    return () => {
      clearTimeout(timer);
      cancelIdleCallback(asked);
    };
  }, []);
  return isIdle;
}
