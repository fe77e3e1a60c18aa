import { useEffect, useState } from 'react';
import type { JSX } from 'react';
import { useConnection } from '../api/api.ts';
import { ShellLine } from './ShellLine.tsx';

const silentMilliseconds = 300;

/** Says so when the engine is away. What is typed stays, and training goes on. */
export function ConnectionLine(): JSX.Element | null {
  const { kind } = useConnection();
  const isAway = kind === 'lost' || kind === 'connecting';
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    if (!isAway) return;
    const timer = setTimeout(() => {
      setLate(true);
    }, silentMilliseconds);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [isAway]);
  if (kind === 'refused') {
    return (
      <ShellLine tone="bad" role="alert">
        The Studio was restarted at a new address. Open the one it printed; nothing is lost.
      </ShellLine>
    );
  }
  if (!isAway || !isLate) return null;
  return (
    <ShellLine tone="warn" role="status">
      {kind === 'lost'
        ? 'The connection to the engine is lost. Reconnecting; training continues.'
        : 'Connecting to the engine.'}
    </ShellLine>
  );
}
