import { useEffect, useState } from 'react';

/** A busy page is not waited for longer than this. */
const longest = 1000;

/** True from the first time on that the browser has nothing else to do: for what is needed soon and not yet. */
export function useIdle(): boolean {
  const [isIdle, setIdle] = useState(false);
  useEffect(() => {
    const asked = requestIdleCallback(
      () => {
        setIdle(true);
      },
      { timeout: longest },
    );
    return () => {
      cancelIdleCallback(asked);
    };
  }, []);
  return isIdle;
}
