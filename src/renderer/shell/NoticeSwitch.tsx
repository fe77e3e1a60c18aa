import { useState } from 'react';
import type { JSX } from 'react';
import { Switch } from '../components/controls.tsx';
import { host } from '../host/host.ts';
import type { NoticeSetting, NoticeState } from '../host/hostType.ts';
import styles from './NoticeSwitch.module.css';

const words: Readonly<Record<NoticeState, string>> = {
  off: 'The browser asks you once. Nothing is shown while you look at this page.',
  on: 'Shown when training, an export or a check ends or fails while you look elsewhere.',
  refused: 'Notifications are blocked for this address. Allow them beside the address first.',
  unavailable: 'This browser cannot show notifications.',
};

/** Lets a person turn notices on in a browser; the desktop shows them anyway. */
export function NoticeSwitch(): JSX.Element | null {
  return host.notices === null ? null : <Shown notices={host.notices} />;
}

function Shown({ notices }: { notices: NoticeSetting }): JSX.Element {
  const [state, setState] = useState(notices.state);
  return (
    <div className={styles.notices}>
      <Switch
        label="Notify me when long work ends"
        checked={state === 'on'}
        disabled={state === 'refused' || state === 'unavailable'}
        onChange={(isOn) => {
          if (isOn) void notices.turnOn().then(setState);
          else setState(notices.turnOff());
        }}
      />
      <p className="muted small">{words[state]}</p>
    </div>
  );
}
