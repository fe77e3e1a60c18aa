import { useEffect, useState } from 'react';
import type { JSX } from 'react';
import { useConnection } from '../api/api.ts';
import { Icon } from '../components/Icon.tsx';

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
      <div className="line bad" role="alert">
        <Icon name="bad" />
        The Studio was started anew, and this page does not know its new address. Open the one it printed;
        nothing is lost.
      </div>
    );
  }
  if (!isAway || !isLate) return null;
  return (
    <div className="line" role="status">
      <Icon name="warn" />
      {kind === 'lost' ? 'The engine is away. Reconnecting; training goes on.' : 'Connecting to the engine.'}
    </div>
  );
}
